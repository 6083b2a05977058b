import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { recordForAll, requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { initialAccessTokenReference } from "./list-initial-access-tokens";

export const revokeInitialAccessTokenWire = { input: initialAccessTokenReference, output: null } satisfies Wire;

/** Revokes a token immediately; what was registered with it stays. Revoking it again changes nothing. */
export async function revokeInitialAccessToken(
  context: ServiceContext,
  { id }: Sent<typeof revokeInitialAccessTokenWire>,
): Promise<void> {
  requirePermission(context, "initial_access_tokens:write");
  if (!isUuid(id)) throw new NotFoundError("initialAccessToken");
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const token = await tx.initialAccessToken.findUnique({ where: { id }, select: { label: true } });
    if (!token) throw new NotFoundError("initialAccessToken");
    const { count } = await tx.initialAccessToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: at },
    });
    if (count === 0) return;
    const details = { tokenId: id, label: token.label };
    await audit.record({ type: "initial_access_token.revoked", at, details });
  });
}

/** Those selected in a list; what one transaction does at most. */
export const selectedInitialAccessTokens = z.object({ ids: z.array(z.string()).min(1).max(200) });

export const revokeInitialAccessTokensWire = {
  input: selectedInitialAccessTokens,
  output: z.strictObject({ revoked: z.int() }),
} satisfies Wire;

/** Revokes those of the tokens that can still be used, with an event for each. The others are left alone. */
export async function revokeInitialAccessTokens(
  context: ServiceContext,
  input: Sent<typeof revokeInitialAccessTokensWire>,
): Promise<Returned<typeof revokeInitialAccessTokensWire>> {
  requirePermission(context, "initial_access_tokens:write");
  const { ids } = parseInput(selectedInitialAccessTokens, input);
  return withTransaction(context, async (tx) => {
    const at = context.now();
    const revoked = await tx.initialAccessToken.updateManyAndReturn({
      where: usable(ids, at),
      data: { revokedAt: at },
      select: { id: true, label: true },
    });
    await recordForAll(
      tx,
      context,
      revoked.map(({ id: tokenId, label }) => ({
        type: "initial_access_token.revoked",
        at,
        details: { tokenId, label },
      })),
    );
    return { revoked: revoked.length };
  });
}

export const describeTokenRevocationWire = {
  input: selectedInitialAccessTokens,
  output: z.strictObject({
    /** Those that can still be used. */
    tokens: z.array(z.strictObject({ id: z.uuid(), label: z.string() })),
    /** How many applications could still be registered with them. */
    registrations: z.int(),
    /** How many others were selected: they have ended, or don't exist. */
    others: z.int(),
  }),
} satisfies Wire;

/** What revoking the selected tokens ends. */
export async function describeTokenRevocation(
  context: ServiceContext,
  input: Sent<typeof describeTokenRevocationWire>,
): Promise<Returned<typeof describeTokenRevocationWire>> {
  requirePermission(context, "initial_access_tokens:write");
  const { ids } = parseInput(selectedInitialAccessTokens, input);
  const rows = await getPrisma().initialAccessToken.findMany({
    where: usable(ids, context.now()),
    select: { id: true, label: true, uses: true, maximumUses: true },
    orderBy: { label: "asc" },
  });
  return {
    tokens: rows.map(({ id, label }) => ({ id, label })),
    registrations: rows.reduce((sum, { uses, maximumUses }) => sum + maximumUses - uses, 0),
    others: new Set(ids).size - rows.length,
  };
}

function usable(ids: readonly string[], at: Date) {
  const { fields } = getPrisma().initialAccessToken;
  return {
    id: { in: ids.filter(isUuid) },
    revokedAt: null,
    expiresAt: { gt: at },
    uses: { lt: fields.maximumUses },
  };
}
