import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { exportPageSize, type ListFileColumns } from "../lists/write-list-file";
import { pageInput, pageOf } from "../page";
import type { Described, Returned, Sent, Wire } from "../wire";
import { scopeColumns, scopeDetails } from "./find-scope";
import { scopeNameSchema } from "./scope-schema";

export const exportScopesWire = { input: pageInput, output: pageOf("scopes", scopeDetails) } satisfies Wire;

/** Some of the scopes, by name. */
export async function exportScopes(
  context: ServiceContext,
  { after }: Sent<typeof exportScopesWire> = {},
): Promise<Returned<typeof exportScopesWire>> {
  requirePermission(context, "scopes:read");
  const cursor = scopeNameSchema.safeParse(after);
  const scopes = await getPrisma().scope.findMany({
    where: cursor.success ? { name: { gt: cursor.data } } : {},
    select: scopeColumns,
    orderBy: { name: "asc" },
    take: exportPageSize,
  });
  await withTransaction(context, (_tx, audit) =>
    audit.record({ type: "scopes.exported", at: context.now(), details: { count: scopes.length } }),
  );
  return { scopes, next: scopes.length === exportPageSize ? (scopes.at(-1)?.name ?? null) : null };
}

export const scopeFileColumns: ListFileColumns<Described<typeof scopeDetails>> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  default: ({ isDefault }) => isDefault,
  restricted: ({ isRestricted }) => isRestricted,
};
