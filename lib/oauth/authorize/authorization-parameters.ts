import { InvalidRequestError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";

/**
 * The parameters of an authorization request that this server reads, with the characters that each may have. All others
 * are ignored (RFC 6749 §3.1) and not stored. Those with a format of their own are checked for it as well.
 */
const longest: Readonly<Record<string, number>> = {
  response_type: 100,
  response_mode: 100,
  client_id: 255,
  redirect_uri: 2048,
  scope: 4096,
  state: 4096,
  code_challenge: 128,
  code_challenge_method: 20,
  dpop_jkt: 128,
  resource: 2048,
  prompt: 200,
  approval_prompt: 20,
  max_age: 20,
  nonce: 1024,
  login_hint: 1024,
  id_token_hint: 8192,
  display: 100,
  ui_locales: 512,
  claims: 4096,
  claims_locales: 512,
  acr_values: 1024,
};

/** The total number of characters, form-encoded: the most that one request can store. */
const longestRequest = 8192;

/** An authorization request as it is stored: its known parameters, form-encoded. */
export function formatAuthorizationRequest(parameters: Parameters): string {
  const known = [...parameters.entries()].filter(([name]) => Object.hasOwn(longest, name));
  return new URLSearchParams(known).toString();
}

/** @throws InvalidRequestError if a parameter, or all of them together, are longer than anyone needs */
export function checkLengths(parameters: Parameters): void {
  for (const [name, value] of parameters.entries()) {
    if (Object.hasOwn(longest, name) && value.length > (longest[name] ?? 0)) {
      throw new InvalidRequestError(`The parameter ${name} is too long.`);
    }
  }
  if (formatAuthorizationRequest(parameters).length > longestRequest) {
    throw new InvalidRequestError("The parameters are too long altogether.");
  }
}
