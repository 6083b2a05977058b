import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt, countAttempts } from "@/lib/db/rate-limits";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { digest } from "@/lib/oauth/wire/digest";
import { InvalidTokenError, TooManyRequestsError } from "@/lib/oauth/wire/errors";
import type { ServiceContext, Transaction } from "../context";

/** Attempts from one network without an initial access token; others are limited by their token's uses. */
const unvouchedAttempts = ({ settings }: ServiceContext) => ({ limit: settings.registrationsPerHour, window: 3600 });

/** What one network may cause to be fetched, by registrations and updates of any number of clients. */
const sectorFetches = { limit: 60, window: 3600 };

/** Updates by one client, and from one network by any number: each writes the whole application and an audit event. */
const updatesOfClient = { limit: 60, window: 3600 };
const updatesFromNetwork = { limit: 300, window: 3600 };

/**
 * Admits an update that is about to be written, within the limits: the client has shown its registration access token.
 * @throws TooManyRequestsError
 */
export async function admitUpdate(context: ServiceContext, applicationId: string): Promise<void> {
  const source = toRateLimitNetwork(context.ipAddress ?? null);
  const retryAfter = await countAttempts(
    [
      [`registration update of ${applicationId}`, updatesOfClient],
      [`registration update|${source}`, updatesFromNetwork],
    ],
    context.now(),
  );
  if (retryAfter > 0) throw new TooManyRequestsError(retryAfter);
}

/**
 * Admits metadata that makes this server call another one, within the limits: a program with access to registration
 * could otherwise make it call any host endlessly.
 * @throws TooManyRequestsError
 */
export async function admitSectorFetch(context: ServiceContext): Promise<void> {
  const source = toRateLimitNetwork(context.ipAddress ?? null);
  const retryAfter = await countAttempt(`sector identifier|${source}`, sectorFetches, context.now());
  if (retryAfter > 0) throw new TooManyRequestsError(retryAfter);
}

/**
 * Admits a registration (RFC 7591 §3): with an initial access token, which is not consumed yet, or, if registration is
 * open, within the limit for its network.
 * @throws InvalidTokenError, TooManyRequestsError
 */
export async function authorizeRegistration(context: ServiceContext, token: string | null): Promise<void> {
  if (token === null && context.settings.dynamicRegistration !== "open") throw new InvalidTokenError();
  const now = context.now();
  const isVouchedFor = token !== null && (await isGood(token, now));
  if (isVouchedFor) return;
  const source = toRateLimitNetwork(context.ipAddress ?? null);
  const retryAfter = await countAttempt(`registration|${source}`, unvouchedAttempts(context), now);
  if (retryAfter > 0) throw new TooManyRequestsError(retryAfter);
  // Even if registration is open, an invalid token is an error.
  if (token !== null) throw new InvalidTokenError();
}

async function isGood(token: string, now: Date): Promise<boolean> {
  const row = await getPrisma().initialAccessToken.findUnique({ where: { tokenHash: digest(token) } });
  return row !== null && row.revokedAt === null && row.expiresAt > now && row.uses < row.maximumUses;
}

/**
 * Counts one use and returns the token's ID. One guarded statement, so that parallel registrations, in any process,
 * can't exceed the token's maximum.
 * @throws InvalidTokenError if it is used up, expired, revoked or unknown by now
 */
export async function consumeInitialAccessToken(tx: Transaction, token: string, at: Date): Promise<string> {
  const [spent] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE initial_access_tokens SET uses = uses + 1, last_used_at = ${at}::timestamptz
    WHERE token_hash = ${digest(token)} AND uses < maximum_uses
      AND revoked_at IS NULL AND expires_at > ${at}::timestamptz
    RETURNING id`;
  if (!spent) throw new InvalidTokenError();
  return spent.id;
}
