import { findHintedUser } from "../../openid/id-token-hint";
import { findUserOfSubject, nobody } from "../../openid/subject";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { acceptableValues, type ClaimsRequest, findClaimRequest } from "../../wire/claims-request";
import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/**
 * The user that the answer must be about: from `id_token_hint` (OpenID Connect Core §3.1.2.1), or from a `sub` that
 * `claims` requests with a value (§5.5.1). Null if any user will do.
 */
export async function checkRequiredUser(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  claims: ClaimsRequest | null,
): Promise<string | null> {
  const hint = parameters.get("id_token_hint");
  const hinted = hint === undefined ? null : await findHintedUser(context, client, hint);
  const [subject] = acceptableValues(findClaimRequest(claims, "sub")) ?? [];
  if (subject === undefined) return hinted;
  const asked = (typeof subject === "string" ? await findUserOfSubject(context, client, subject) : null) ?? nobody;
  if (hinted !== null && hinted !== asked)
    throw new InvalidRequestError("The id_token_hint and claims name two people.");
  return asked;
}
