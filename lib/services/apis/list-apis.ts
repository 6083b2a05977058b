import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { olderThan, pageInput, pageOf, rowsForPage, toPage } from "../page";
import type { Described, Returned, Sent, Wire } from "../wire";
import { apiColumns, apiDetails } from "./get-api";

const apiSummary = apiDetails.omit({ resourceServers: true, updatedAt: true }).extend({ resourceServerCount: z.int() });

export type ApiSummary = Described<typeof apiSummary>;

export const listApisWire = { input: pageInput, output: pageOf("apis", apiSummary) } satisfies Wire;

/** A page of the APIs, the newest first. */
export async function listApis(
  context: ServiceContext,
  { after }: Sent<typeof listApisWire> = {},
): Promise<Returned<typeof listApisWire>> {
  requirePermission(context, "apis:read");
  const rows = await getPrisma().api.findMany({
    where: olderThan(after),
    orderBy: { id: "desc" },
    take: rowsForPage,
    select: { ...apiColumns, _count: { select: { resourceServers: true } } },
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    apis: page.map(({ _count, ...api }) => ({ ...api, resourceServerCount: _count.resourceServers })),
    next,
  };
}
