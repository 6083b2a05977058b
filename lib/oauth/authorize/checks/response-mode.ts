import { signsMessages } from "../../client/fapi";
import { isSigned } from "../../keys/jarm";
import type { Client } from "../../ports/client";
import { type ResponseMode, responseModes } from "../../ports/types";
import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/**
 * How the client wants to be answered (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2). Null if
 * that's impossible: an unknown mode, a form for a private-use scheme, which would lose its content, or a plain answer
 * to a client whose messages are signed (FAPI 2.0 Message Signing §5.4.1).
 */
export function findResponseMode(client: Client, parameters: Parameters, redirectUri: string): ResponseMode | null {
  const asked = parameters.get("response_mode") ?? defaultResponseMode(client);
  if (asked.startsWith("form_post") && !/^https?:/.test(redirectUri)) return null;
  const mode = responseModes.find((known) => known === asked) ?? null;
  return mode !== null && signsMessages(client) && !isSigned(mode) ? null : mode;
}

/** The response mode for a client that named none, or an invalid one. */
export function defaultResponseMode(client: Client): ResponseMode {
  return signsMessages(client) ? "jwt" : "query";
}

export function checkResponseMode(client: Client, parameters: Parameters, redirectUri: string): ResponseMode {
  const mode = findResponseMode(client, parameters, redirectUri);
  if (mode === null)
    throw new InvalidRequestError("The response_mode is not supported for this client and redirect URI.");
  return mode;
}
