import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { exportPageSize, type ListFileColumns } from "../lists/write-list-file";
import { olderThan, pageInput, pageOf } from "../page";
import type { Described, Returned, Sent, Wire } from "../wire";
import { mostResourceServers } from "./api-schema";
import { apiColumns, apiDetails } from "./get-api";

const exportedApi = apiDetails.extend({ resourceServers: z.array(z.string()) });

type ExportedApi = Described<typeof exportedApi>;

export const exportApisWire = { input: pageInput, output: pageOf("apis", exportedApi) } satisfies Wire;

/** Some of the APIs, the newest first, with the client IDs of their resource servers. */
export async function exportApis(
  context: ServiceContext,
  { after }: Sent<typeof exportApisWire> = {},
): Promise<Returned<typeof exportApisWire>> {
  requirePermission(context, "apis:read");
  const rows = await getPrisma().api.findMany({
    where: olderThan(after),
    orderBy: { id: "desc" },
    take: exportPageSize,
    select: {
      ...apiColumns,
      updatedAt: true,
      resourceServers: { select: { application: { select: { clientId: true } } }, take: mostResourceServers },
    },
  });
  await withTransaction(context, (_tx, audit) =>
    audit.record({ type: "apis.exported", at: context.now(), details: { count: rows.length } }),
  );
  return {
    apis: rows.map((row) => ({
      ...row,
      resourceServers: row.resourceServers.map(({ application }) => application.clientId).sort(),
    })),
    next: rows.length === exportPageSize ? (rows.at(-1)?.id ?? null) : null,
  };
}

export const apiFileColumns: ListFileColumns<ExportedApi> = {
  id: ({ id }) => id,
  identifier: ({ identifier }) => identifier,
  name: ({ name }) => name,
  scopes: ({ scopes }) => scopes,
  token_format: ({ tokenFormat }) => tokenFormat,
  access_token_lifetime: ({ accessTokenLifetime }) => accessTokenLifetime,
  resource_servers: ({ resourceServers }) => resourceServers,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};
