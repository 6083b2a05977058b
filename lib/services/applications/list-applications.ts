import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { olderThan, type PageInput, rowsForPage, toPage } from "../page";
import { accessibleApplications } from "./find-application";

export interface ApplicationSummary {
  id: string;
  name: string;
  clientId: string;
  clientType: "confidential" | "public";
  grantTypes: readonly string[];
  disabled: boolean;
  /** Its owner can't enable it. */
  disabledByAdministrator: boolean;
  /** `dynamic`: a program registered it (RFC 7591). */
  registrationSource: "manual" | "dynamic";
  owner: string | null;
  createdAt: Date;
}

/** Where nothing is known, as after a change in the database itself, it counts as an administrator's. */
export function isDisabledByAdministrator(row: { disabledAt: Date | null; disabledBy: string | null }): boolean {
  return row.disabledAt !== null && row.disabledBy !== "owner";
}

/** A page of the applications that the actor may see, the newest first. */
export async function listApplications(
  context: ServiceContext,
  { after }: PageInput = {},
): Promise<{ applications: ApplicationSummary[]; next: string | null }> {
  const rows = await getPrisma().application.findMany({
    where: { ...accessibleApplications(context, "applications:read"), ...olderThan(after) },
    orderBy: { id: "desc" },
    take: rowsForPage,
    include: { owner: { select: { username: true } } },
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    applications: page.map((row) => ({
      id: row.id,
      name: row.name,
      clientId: row.clientId,
      clientType: row.clientType,
      grantTypes: row.grantTypes,
      disabled: row.disabledAt !== null,
      disabledByAdministrator: isDisabledByAdministrator(row),
      registrationSource: row.registrationSource,
      owner: row.owner?.username ?? null,
      createdAt: row.createdAt,
    })),
    next,
  };
}
