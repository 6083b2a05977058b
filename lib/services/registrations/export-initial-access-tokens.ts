import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { exportPageSize, type ListFileColumns } from "../lists/write-list-file";
import { olderThan, pageInput, pageOf } from "../page";
import type { Returned, Sent, Wire } from "../wire";
import {
  type InitialAccessTokenSummary,
  initialAccessTokenColumns,
  initialAccessTokenSummary,
  summarise,
} from "./list-initial-access-tokens";

export const exportInitialAccessTokensWire = {
  input: pageInput,
  output: pageOf("tokens", initialAccessTokenSummary),
} satisfies Wire;

/** Some of the tokens, the newest first: what is known of them, never the tokens themselves. */
export async function exportInitialAccessTokens(
  context: ServiceContext,
  { after }: Sent<typeof exportInitialAccessTokensWire> = {},
): Promise<Returned<typeof exportInitialAccessTokensWire>> {
  requirePermission(context, "initial_access_tokens:read");
  const rows = await getPrisma().initialAccessToken.findMany({
    where: olderThan(after),
    orderBy: { id: "desc" },
    take: exportPageSize,
    select: initialAccessTokenColumns,
  });
  await withTransaction(context, (_tx, audit) =>
    audit.record({ type: "initial_access_tokens.exported", at: context.now(), details: { count: rows.length } }),
  );
  return {
    tokens: rows.map((row) => summarise(row, context.now())),
    next: rows.length === exportPageSize ? (rows.at(-1)?.id ?? null) : null,
  };
}

export const initialAccessTokenFileColumns: ListFileColumns<InitialAccessTokenSummary> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  status: ({ status }) => status,
  maximum_uses: ({ maximumUses }) => maximumUses,
  uses: ({ uses }) => uses,
  created_by: ({ createdBy }) => createdBy,
  created_at: ({ createdAt }) => createdAt,
  expires_at: ({ expiresAt }) => expiresAt,
  last_used_at: ({ lastUsedAt }) => lastUsedAt,
};
