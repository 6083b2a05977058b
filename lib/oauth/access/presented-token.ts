import type { OAuthContext } from "../ports/context";
import type { FoundAccessToken, FoundRefreshToken } from "../ports/store";
import { digest } from "../wire/digest";
import { InvalidRequestError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";

/** The kinds of RFC 7009 §2.1 `token_type_hint`. */
export type PresentedToken =
  | { kind: "access_token"; token: FoundAccessToken }
  | { kind: "refresh_token"; token: FoundRefreshToken };

/** RFC 7009 §2.1, RFC 7662 §2.1: the one required parameter of a request about a token. */
export function readToken(parameters: Parameters): string {
  const token = parameters.get("token");
  if (token === undefined) throw new InvalidRequestError("The parameter token is missing.");
  return token;
}

/**
 * The token that a request is about. A hint only says where to look first: if it isn't there, the other place is
 * searched, and an unknown hint is ignored (RFC 7009 §2.1, RFC 7662 §2.1).
 */
export async function findPresentedToken(
  context: OAuthContext,
  parameters: Parameters,
): Promise<PresentedToken | null> {
  const tokenHash = digest(readToken(parameters));
  const places = [findAccessToken, findRefreshToken];
  if (parameters.get("token_type_hint") === "refresh_token") places.reverse();
  for (const find of places) {
    const found = await find(context, tokenHash);
    if (found) return found;
  }
  return null;
}

async function findAccessToken(context: OAuthContext, tokenHash: string): Promise<PresentedToken | null> {
  const token = await context.stores.tokens.findAccessToken(tokenHash);
  return token && { kind: "access_token", token };
}

async function findRefreshToken(context: OAuthContext, tokenHash: string): Promise<PresentedToken | null> {
  const token = await context.stores.tokens.findRefreshToken(tokenHash);
  return token && { kind: "refresh_token", token };
}
