import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { olderThan, type PageInput, rowsForPage, toPage } from "../page";
import type { ApiDetails } from "./get-api";

export type ApiSummary = Omit<ApiDetails, "resourceServers" | "updatedAt"> & { resourceServerCount: number };

/** A page of the APIs, the newest first. */
export async function listApis(
  context: ServiceContext,
  { after }: PageInput = {},
): Promise<{ apis: ApiSummary[]; next: string | null }> {
  requirePermission(context, "apis:read");
  const rows = await getPrisma().api.findMany({
    where: olderThan(after),
    orderBy: { id: "desc" },
    take: rowsForPage,
    omit: { updatedAt: true },
    include: { _count: { select: { resourceServers: true } } },
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    apis: page.map(({ _count, ...api }) => ({ ...api, resourceServerCount: _count.resourceServers })),
    next,
  };
}
