import { randomUUID } from "node:crypto";
import { checkResource } from "../checks/resource";
import { addSeconds, type OAuthContext } from "../context";
import { digest } from "../digest";
import { InvalidGrantError, InvalidRequestError } from "../errors";
import type { Parameters } from "../parameters";
import { verifiesCodeChallenge } from "../pkce";
import type { FoundAuthorizationCode } from "../store";
import type { Client } from "../types";
import { type IssuedTokens, makeAccessToken, makeRefreshToken } from "./issue";

/**
 * RFC 6749 §4.1.3: find, check everything, consume, issue. Two things end more than the request: a wrong verifier burns
 * the code, and a correct request for a code that was used before ends the tokens issued for it (RFC 9700 §4.2.4). A
 * replay that could not have been the client's own does neither, or anyone who saw a code could sign its user out
 * (OAuth 2.1 §4.1.3).
 */
export async function exchangeAuthorizationCode(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
): Promise<IssuedTokens> {
  const code = parameters.get("code");
  if (code === undefined) throw new InvalidRequestError("The parameter code is missing.");
  checkResource(parameters);
  const found = await context.stores.codes.find(digest(code));
  if (!found) throw new InvalidGrantError("unknown code");
  if (found.applicationId !== client.id) throw new InvalidGrantError("code of another client");
  checkRepeatedRedirectUri(found, parameters);
  await checkCodeVerifier(context, found, parameters);
  if (found.consumedAt) return refuseReplay(context, found);
  if (found.expiresAt <= context.now()) throw new InvalidGrantError("expired code");
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  return redeem(context, client, found);
}

/** RFC 6749 §4.1.3; PKCE protects the code as well, so with it the parameter may be left out (OAuth 2.1 §10.2). */
function checkRepeatedRedirectUri(found: FoundAuthorizationCode, parameters: Parameters): void {
  const redirectUri = parameters.get("redirect_uri");
  if (redirectUri === undefined) {
    if (found.redirectUriSent && found.codeChallenge === null) {
      throw new InvalidRequestError("The parameter redirect_uri is missing.");
    }
  } else if (redirectUri !== found.redirectUri) {
    throw new InvalidGrantError("other redirect URI");
  }
}

/** RFC 7636 §4.6; a verifier without a challenge is refused as well (RFC 9700 §4.8.2, downgrade). */
async function checkCodeVerifier(
  context: OAuthContext,
  found: FoundAuthorizationCode,
  parameters: Parameters,
): Promise<void> {
  const verifier = parameters.get("code_verifier");
  if (found.codeChallenge === null) {
    if (verifier !== undefined) throw new InvalidGrantError("verifier without a challenge");
    return;
  }
  if (verifier !== undefined && verifiesCodeChallenge(verifier, found.codeChallenge)) return;
  if (!found.consumedAt) await context.stores.codes.burn(found.codeHash, context.now());
  throw new InvalidGrantError(verifier === undefined ? "no code verifier" : "wrong code verifier");
}

async function redeem(context: OAuthContext, client: Client, found: FoundAuthorizationCode): Promise<IssuedTokens> {
  const createdAt = context.now();
  const { applicationId, userId, sessionId, codeHash, scopes } = found;
  const family = {
    id: randomUUID(),
    applicationId,
    userId,
    sessionId,
    codeHash,
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.refreshToken),
  };
  const access = makeAccessToken(context, { applicationId, userId, familyId: family.id, scopes }, createdAt);
  const refresh = client.grantTypes.includes("refresh_token")
    ? makeRefreshToken(context, { familyId: family.id, scopes }, family.expiresAt, createdAt)
    : null;
  const redeemed = await context.stores.codes.redeem(codeHash, {
    family,
    accessToken: access.record,
    refreshToken: refresh?.record ?? null,
  });
  if (!redeemed) return refuseReplay(context, found);
  return {
    accessToken: access.token,
    expiresIn: context.lifetimes.accessToken,
    scopes,
    refreshToken: refresh?.token ?? null,
  };
}

/** RFC 6749 §4.1.2: deny the request and revoke what was issued for the code. */
async function refuseReplay(context: OAuthContext, found: FoundAuthorizationCode): Promise<never> {
  const at = context.now();
  if (await context.stores.tokens.revokeFamilyOfCode(found.codeHash, at, "code_replayed")) {
    await context.stores.audit.record({
      type: "authorization_code.replayed",
      at,
      userId: found.userId,
      applicationId: found.applicationId,
    });
  }
  throw new InvalidGrantError("replayed code");
}
