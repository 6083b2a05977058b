import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { displayedLine, normalized } from "../normalized";
import { olderThan, pageInput, pageOf, rowsForPage, toPage } from "../page";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

const day = 86_400;

const newInitialAccessToken = z.object({
  label: z.string(problem("consoleProblems.tokens.label")),
  maximumUses: z
    .number(problem("consoleProblems.tokens.uses"))
    .int(problem("consoleProblems.tokens.uses"))
    .min(1, problem("consoleProblems.tokens.minUses"))
    .max(1000, problem("consoleProblems.tokens.maxUses", { maximum: 1000 })),
  expiresInDays: z
    .number(problem("consoleProblems.tokens.expires"))
    .int(problem("consoleProblems.tokens.expires"))
    .min(1, problem("consoleProblems.tokens.minDays"))
    .max(365, problem("consoleProblems.tokens.maxDays")),
});

export const newInitialAccessTokenSchema = normalized(newInitialAccessToken, {
  label: displayedLine(60, problem("consoleProblems.tokens.label")),
});

const tokenReference = z.object({ id: z.string() });

const tokenSummary = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  /** The username of its creator; null if a command created it, or the account is gone. */
  createdBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
  maximumUses: z.int(),
  uses: z.int(),
  lastUsedAt: instant.nullable(),
  status: z.enum(["active", "used_up", "expired", "revoked"]),
});

export type InitialAccessTokenSummary = Described<typeof tokenSummary>;

export const createInitialAccessTokenWire = {
  input: newInitialAccessToken,
  output: z.strictObject({ id: z.uuid(), token: z.string() }),
} satisfies Wire;

/** Creates a token with which a program may register applications (RFC 7591 §3); in the clear only this once. */
export async function createInitialAccessToken(
  context: ServiceContext,
  input: Sent<typeof createInitialAccessTokenWire>,
): Promise<Returned<typeof createInitialAccessTokenWire>> {
  requirePermission(context, "initial_access_tokens:write");
  requireRecentPassword(context);
  const { label, maximumUses, expiresInDays } = parseInput(newInitialAccessTokenSchema, input);
  const token = randomToken();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const expiresAt = addSeconds(at, expiresInDays * day);
    const { id } = await tx.initialAccessToken.create({
      data: { tokenHash: digest(token), label, maximumUses, expiresAt, createdAt: at, createdById: actorId(context) },
      select: { id: true },
    });
    const details = { tokenId: id, label, maximumUses, expiresAt };
    await audit.record({ type: "initial_access_token.created", at, details });
    return { id, token };
  });
}

export const listInitialAccessTokensWire = {
  input: pageInput,
  output: pageOf("tokens", tokenSummary),
} satisfies Wire;

/** A page of the tokens, the newest first. */
export async function listInitialAccessTokens(
  context: ServiceContext,
  { after }: Sent<typeof listInitialAccessTokensWire> = {},
): Promise<Returned<typeof listInitialAccessTokensWire>> {
  requirePermission(context, "initial_access_tokens:read");
  const rows = await getPrisma().initialAccessToken.findMany({
    where: olderThan(after),
    orderBy: { id: "desc" },
    take: rowsForPage,
    select: columns,
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    tokens: page.map((row) => summarise(row, context.now())),
    next,
  };
}

export const getInitialAccessTokenWire = { input: tokenReference, output: tokenSummary } satisfies Wire;

export async function getInitialAccessToken(
  context: ServiceContext,
  { id }: Sent<typeof getInitialAccessTokenWire>,
): Promise<Returned<typeof getInitialAccessTokenWire>> {
  requirePermission(context, "initial_access_tokens:read");
  const row = isUuid(id) ? await getPrisma().initialAccessToken.findUnique({ where: { id }, select: columns }) : null;
  if (!row) throw new NotFoundError("initialAccessToken");
  return summarise(row, context.now());
}

export const revokeInitialAccessTokenWire = { input: tokenReference, output: null } satisfies Wire;

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

const columns = {
  id: true,
  label: true,
  createdBy: { select: { username: true } },
  createdAt: true,
  expiresAt: true,
  maximumUses: true,
  uses: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

interface Row extends Omit<InitialAccessTokenSummary, "createdBy" | "status"> {
  createdBy: { username: string } | null;
  revokedAt: Date | null;
}

function summarise({ createdBy, revokedAt, ...row }: Row, now: Date): InitialAccessTokenSummary {
  return { ...row, createdBy: createdBy?.username ?? null, status: describeStatus({ ...row, revokedAt }, now) };
}

function describeStatus(
  { revokedAt, expiresAt, uses, maximumUses }: Pick<Row, "revokedAt" | "expiresAt" | "uses" | "maximumUses">,
  now: Date,
): InitialAccessTokenSummary["status"] {
  if (revokedAt) return "revoked";
  if (uses >= maximumUses) return "used_up";
  return expiresAt <= now ? "expired" : "active";
}
