import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requireAdministrator, type ServiceContext } from "../context";
import { isUuid } from "../parse";
import type { ApiDetails } from "./get-api";

const pageSize = 50;

export type ApiSummary = Omit<ApiDetails, "resourceServers" | "updatedAt"> & { resourceServerCount: number };

/** A page of the APIs, the newest first. `after` is the `next` of the page before. */
export async function listApis(
  context: ServiceContext,
  { after }: { after?: string | undefined } = {},
): Promise<{ apis: ApiSummary[]; next: string | null }> {
  requireAdministrator(context);
  // The ids are UUIDs of version 7, so their order is that of creation.
  const rows = await getPrisma().api.findMany({
    where: after && isUuid(after) ? { id: { lt: after } } : {},
    orderBy: { id: "desc" },
    take: pageSize + 1,
    omit: { updatedAt: true },
    include: { _count: { select: { resourceServers: true } } },
  });
  const page = rows.slice(0, pageSize);
  return {
    apis: page.map(({ _count, ...api }) => ({ ...api, resourceServerCount: _count.resourceServers })),
    next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
  };
}
