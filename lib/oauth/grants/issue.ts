import { addSeconds, type OAuthContext } from "../context";
import { digest, randomToken } from "../digest";
import type { AccessToken, RefreshToken } from "../types";

/** What a grant hands back: the tokens in clear, for the response only. */
export interface IssuedTokens {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  scopes: readonly string[];
  refreshToken: string | null;
}

export function makeAccessToken(
  context: OAuthContext,
  grant: Pick<AccessToken, "applicationId" | "userId" | "familyId" | "scopes">,
  createdAt: Date,
): { token: string; record: AccessToken } {
  const token = randomToken();
  const expiresAt = addSeconds(createdAt, context.lifetimes.accessToken);
  return { token, record: { ...grant, tokenHash: digest(token), createdAt, expiresAt } };
}

/** The token's idle lifetime starts now and never reaches past the end of its family (RFC 9700 §4.14.2). */
export function makeRefreshToken(
  context: OAuthContext,
  grant: Pick<RefreshToken, "familyId" | "scopes">,
  familyExpiresAt: Date,
  createdAt: Date,
): { token: string; record: RefreshToken } {
  const token = randomToken();
  const idleUntil = addSeconds(createdAt, context.lifetimes.refreshTokenIdle);
  const expiresAt = idleUntil < familyExpiresAt ? idleUntil : familyExpiresAt;
  return { token, record: { ...grant, tokenHash: digest(token), createdAt, expiresAt } };
}
