import { InvalidRequestError } from "../errors";
import type { Parameters } from "../parameters";
import { type ResponseMode, responseModes } from "../types";

/**
 * How the client wants to be answered (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2). Null for what
 * can't be done: an unknown mode, or a form for an app's own scheme, which would lose what is in it.
 */
export function findResponseMode(parameters: Parameters, redirectUri: string): ResponseMode | null {
  const asked = parameters.get("response_mode") ?? "query";
  if (asked === "form_post" && !/^https?:/.test(redirectUri)) return null;
  return responseModes.find((mode) => mode === asked) ?? null;
}

export function checkResponseMode(parameters: Parameters, redirectUri: string): ResponseMode {
  const mode = findResponseMode(parameters, redirectUri);
  if (mode === null) throw new InvalidRequestError("The response_mode is not supported for this redirect URI.");
  return mode;
}
