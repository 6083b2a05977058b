import { isStillRegistered } from "../../authorize/checks/redirect-uri";
import { mayUse } from "../../client/permitted-users";
import type { FoundAuthorizationCode } from "../../ports/authorization-stores";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { narrowResources } from "../../scope/resource-indicators";
import { digest } from "../../wire/digest";
import { InvalidDpopProofError, InvalidGrantError, InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { verifiesCodeChallenge } from "../../wire/pkce";
import type { IssuedTokens, TokenBinding } from "./issue";
import { issueInitialTokens } from "./issue-initial-tokens";

/**
 * RFC 6749 §4.1.3: find, check everything, consume, issue. Two errors have further effects: a wrong verifier
 * invalidates the code, and a correct request for a code that was used before revokes the tokens issued for it (RFC
 * 9700 §4.2.4). A replay that can't be the client's own does neither, or anyone who saw a code could sign its user out
 * (OAuth 2.1 §4.1.3).
 */
export async function exchangeAuthorizationCode(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  binding: TokenBinding,
): Promise<IssuedTokens> {
  const code = parameters.get("code");
  if (code === undefined) throw new InvalidRequestError("The parameter code is missing.");
  const found = await context.stores.codes.find(digest(code));
  if (!found) throw new InvalidGrantError("unknown code");
  if (found.applicationId !== client.id) throw new InvalidGrantError("code of another client");
  checkRepeatedRedirectUri(found, parameters);
  checkDpopBinding(found, binding);
  await checkCodeVerifier(context, client, found, parameters);
  const apis = await narrowResources(context, found.resources, parameters.getAll("resource"));
  if (found.consumedAt) return refuseReplay(context, found);
  if (found.expiresAt <= context.now()) throw new InvalidGrantError("expired code");
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  if (!(await mayUse(context, client, found.userId))) throw new InvalidGrantError("user of none of its groups");
  // The client may have moved to another sector since, whose subjects this code must not reveal (Core §8.1).
  if (!(await isStillRegistered(context, client, found)))
    throw new InvalidGrantError("code of a withdrawn redirect URI");
  const issued = await issueInitialTokens(context, client, found, { apis, binding }, context.stores.codes.redeem);
  return issued ?? refuseReplay(context, found);
}

/** RFC 9449 §10: a code that is bound to a key is redeemed only with proof of possession. */
function checkDpopBinding(found: FoundAuthorizationCode, binding: TokenBinding): void {
  if (found.dpopJkt === null || found.dpopJkt === binding.dpopJkt) return;
  if (binding.dpopJkt === null) throw new InvalidDpopProofError("no proof for a bound code");
  throw new InvalidGrantError("code of another key");
}

/** RFC 6749 §4.1.3; PKCE protects the code as well, so with it the parameter may be omitted (OAuth 2.1 §10.2). */
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
  client: Client,
  found: FoundAuthorizationCode,
  parameters: Parameters,
): Promise<void> {
  const verifier = parameters.get("code_verifier");
  if (found.codeChallenge === null) {
    if (verifier !== undefined) throw new InvalidGrantError("verifier without a challenge");
    // FAPI 2.0 Security Profile §5.3.2.2 no. 5: it was issued before the client had a profile.
    if (client.securityProfile !== null) throw new InvalidGrantError("code without a challenge");
    return;
  }
  if (verifier !== undefined && verifiesCodeChallenge(verifier, found.codeChallenge)) return;
  if (!found.consumedAt) await context.stores.codes.invalidate(found.codeHash, context.now());
  throw new InvalidGrantError(verifier === undefined ? "no code verifier" : "wrong code verifier");
}

/** RFC 6749 §4.1.2: deny the request and revoke what was issued for the code. */
async function refuseReplay(context: OAuthContext, found: FoundAuthorizationCode): Promise<never> {
  const at = context.now();
  await context.stores.tokens.revokeFamilyOfCode(found.codeHash, at, "code_replayed", {
    type: "authorization_code.replayed",
    at,
    userId: found.userId,
    applicationId: found.applicationId,
  });
  throw new InvalidGrantError("replayed code");
}
