import type { Client } from "../../ports/client";
import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { isCodeChallenge } from "../../wire/pkce";

/**
 * RFC 7636 §4.4.1 and RFC 9700 §2.1.1: required for public clients and for those registered with that requirement, and
 * enforced whenever it is used. A challenge without a method means `plain`, which is refused.
 */
export function checkCodeChallenge(client: Client, parameters: Parameters): string | null {
  const challenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if (challenge === undefined) {
    if (method !== undefined) throw new InvalidRequestError("The parameter code_challenge is missing.");
    if (client.clientType === "public" || client.requirePkce) {
      throw new InvalidRequestError("A code_challenge with the method S256 is required.");
    }
    return null;
  }
  if (method !== "S256") throw new InvalidRequestError("The code_challenge_method must be S256.");
  if (!isCodeChallenge(challenge)) throw new InvalidRequestError("The code_challenge is malformed.");
  return challenge;
}
