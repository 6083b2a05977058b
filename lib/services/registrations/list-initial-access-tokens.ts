import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { listInput, listOf } from "../lists/list-wire";
import { inOrderOf, type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

export const initialAccessTokenSorts = ["label", "created", "expires", "last_used"] as const;

export const initialAccessTokenStatuses = ["active", "used_up", "expired", "revoked"] as const;

type Status = (typeof initialAccessTokenStatuses)[number];

export const initialAccessTokenReference = z.object({ id: z.string() });

export const initialAccessTokenSummary = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  /** The username of its creator; null if a command created it, or the account is gone. */
  createdBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
  maximumUses: z.int(),
  uses: z.int(),
  lastUsedAt: instant.nullable(),
  status: z.enum(initialAccessTokenStatuses),
});

export type InitialAccessTokenSummary = Described<typeof initialAccessTokenSummary>;

export const listInitialAccessTokensInput = listInput(initialAccessTokenSorts, {
  status: z.enum(initialAccessTokenStatuses).optional(),
});

export const listInitialAccessTokensWire = {
  input: listInitialAccessTokensInput,
  output: listOf("tokens", initialAccessTokenSummary),
} satisfies Wire;

const tokenList: List<(typeof initialAccessTokenSorts)[number]> = {
  from: sql`initial_access_tokens t`,
  id: sql`t.id`,
  // As in the indexes: without the same expressions they aren't used.
  searched: {
    column: sql`lower(t.label)`,
    table: sql`initial_access_tokens`,
    name: sql`lower(label)`,
    id: sql`t.id`,
    trigramIndex: "initial_access_tokens_trigrams_idx",
  },
  orders: {
    label: { by: sql`lower(t.label)`, kind: "text" },
    created: { by: sql`t.created_at`, kind: "moment" },
    expires: { by: sql`t.expires_at`, kind: "moment" },
    last_used: { by: sql`COALESCE(t.last_used_at, '1970-01-01T00:00:00Z'::timestamptz)`, kind: "moment" },
  },
  firstOrder: "-created",
};

/** A page of the tokens, the newest first if nothing else is asked for. */
export async function listInitialAccessTokens(
  context: ServiceContext,
  input: Sent<typeof listInitialAccessTokensWire> = {},
): Promise<Returned<typeof listInitialAccessTokensWire>> {
  requirePermission(context, "initial_access_tokens:read");
  const asked = parseInput(listInitialAccessTokensInput, input);
  const now = context.now();
  const { ids, ...page } = await readList(tokenList, asked.status ? [statusConditions(now)[asked.status]] : [], asked);
  const rows = await getPrisma().initialAccessToken.findMany({
    where: { id: { in: ids } },
    select: initialAccessTokenColumns,
  });
  return { tokens: inOrderOf(ids, rows).map((row) => summarise(row, now)), ...page };
}

/** The conditions for `describeStatus`. */
function statusConditions(now: Date): Readonly<Record<Status, Sql>> {
  return {
    active: sql`t.revoked_at IS NULL AND t.uses < t.maximum_uses AND t.expires_at > ${now}::timestamptz`,
    used_up: sql`t.revoked_at IS NULL AND t.uses >= t.maximum_uses`,
    expired: sql`t.revoked_at IS NULL AND t.uses < t.maximum_uses AND t.expires_at <= ${now}::timestamptz`,
    revoked: sql`t.revoked_at IS NOT NULL`,
  };
}

export const getInitialAccessTokenWire = {
  input: initialAccessTokenReference,
  output: initialAccessTokenSummary,
} satisfies Wire;

export async function getInitialAccessToken(
  context: ServiceContext,
  { id }: Sent<typeof getInitialAccessTokenWire>,
): Promise<Returned<typeof getInitialAccessTokenWire>> {
  requirePermission(context, "initial_access_tokens:read");
  const where = isUuid(id) ? { id } : null;
  const row = where && (await getPrisma().initialAccessToken.findUnique({ where, select: initialAccessTokenColumns }));
  if (!row) throw new NotFoundError("initialAccessToken");
  return summarise(row, context.now());
}

export const initialAccessTokenColumns = {
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

export function summarise({ createdBy, revokedAt, ...row }: Row, now: Date): InitialAccessTokenSummary {
  return { ...row, createdBy: createdBy?.username ?? null, status: describeStatus({ ...row, revokedAt }, now) };
}

function describeStatus(
  { revokedAt, expiresAt, uses, maximumUses }: Pick<Row, "revokedAt" | "expiresAt" | "uses" | "maximumUses">,
  now: Date,
): Status {
  if (revokedAt) return "revoked";
  if (uses >= maximumUses) return "used_up";
  return expiresAt <= now ? "expired" : "active";
}
