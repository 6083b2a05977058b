import type { OAuthContext } from "./context";
import { digest } from "./digest";
import { InsufficientScopeError, InvalidRequestError, InvalidTokenError, type OAuthError } from "./errors";
import { formatScope, includesScopes } from "./scope";
import type { FoundAccessToken } from "./store";

/** How often, in milliseconds, the use of a token is written down. */
const useResolution = 60_000;

/** What a protected resource learns of the token that was presented. */
export interface TokenInfo {
  clientId: string;
  applicationName: string;
  /** Null where the token stands for the application itself (RFC 6749 §4.4). */
  user: { id: string; username: string } | null;
  scopes: readonly string[];
  expiresAt: Date;
}

/** The one rule of what makes an access token good, whoever asks. */
export function isActive(token: FoundAccessToken, now: Date): boolean {
  return (
    token.expiresAt > now &&
    token.revokedAt === null &&
    token.familyRevokedAt === null &&
    !token.applicationDisabled &&
    !token.userDisabled
  );
}

/**
 * Checks the `Authorization` header of a request to a protected resource (RFC 6750 §2.1). The token is taken from there
 * and from nowhere else: never from a query string or a form (RFC 9700 §4.3.2). Null where no token was presented.
 */
export async function checkBearer(
  context: OAuthContext,
  authorization: string | null,
  requiredScopes: readonly string[],
): Promise<TokenInfo | null> {
  if (authorization === null || !/^bearer(\s|$)/i.test(authorization)) return null;
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
  if (!token) throw new InvalidRequestError("The Authorization header is malformed.");
  const found = await context.stores.tokens.findAccessToken(digest(token));
  const now = context.now();
  if (!found || !isActive(found, now)) throw new InvalidTokenError();
  if (!includesScopes(found.scopes, requiredScopes)) throw new InsufficientScopeError(formatScope(requiredScopes));
  if (found.familyId && now.getTime() - (found.familyLastUsedAt?.getTime() ?? 0) >= useResolution) {
    await context.stores.tokens.recordUse(found.familyId, now);
  }
  return {
    clientId: found.clientId,
    applicationName: found.applicationName,
    user: found.userId === null ? null : { id: found.userId, username: found.username ?? "" },
    scopes: found.scopes,
    expiresAt: found.expiresAt,
  };
}

/** RFC 6750 §3: without a token the challenge carries no error code. */
export function bearerChallenge(error: OAuthError | null): string {
  const parameters = ['realm="Latchkey"'];
  if (error) {
    parameters.push(`error="${error.error}"`, `error_description="${error.description}"`);
    if (error instanceof InsufficientScopeError) parameters.push(`scope="${error.requiredScope}"`);
  }
  return `Bearer ${parameters.join(", ")}`;
}
