import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { isUuid } from "../parse";
import { visibleApplications } from "./find-application";

const pageSize = 50;

export interface ApplicationSummary {
  id: string;
  name: string;
  clientId: string;
  clientType: "confidential" | "public";
  grantTypes: string[];
  disabled: boolean;
  /** `dynamic`: a program registered it (RFC 7591). */
  registrationSource: "manual" | "dynamic";
  owner: string | null;
  createdAt: Date;
}

/** A page of the applications that the actor may see, the newest first. `after` is the `next` of the page before. */
export async function listApplications(
  context: ServiceContext,
  { after }: { after?: string | undefined } = {},
): Promise<{ applications: ApplicationSummary[]; next: string | null }> {
  // The ids are UUIDs of version 7, so their order is that of creation and one index serves both.
  const rows = await getPrisma().application.findMany({
    where: { ...visibleApplications(context), ...(after && isUuid(after) ? { id: { lt: after } } : {}) },
    orderBy: { id: "desc" },
    take: pageSize + 1,
    include: { owner: { select: { username: true } } },
  });
  const page = rows.slice(0, pageSize);
  return {
    applications: page.map((row) => ({
      id: row.id,
      name: row.name,
      clientId: row.clientId,
      clientType: row.clientType,
      grantTypes: row.grantTypes,
      disabled: row.disabledAt !== null,
      registrationSource: row.registrationSource,
      owner: row.owner?.username ?? null,
      createdAt: row.createdAt,
    })),
    next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
  };
}
