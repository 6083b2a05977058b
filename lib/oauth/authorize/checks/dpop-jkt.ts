import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/** RFC 9449 §10: the SHA-256 thumbprint of the key that the code will be bound to; null for no key. */
export function checkDpopJkt(parameters: Parameters): string | null {
  const thumbprint = parameters.get("dpop_jkt");
  if (thumbprint === undefined) return null;
  if (!/^[A-Za-z0-9_-]{43}$/.test(thumbprint)) throw new InvalidRequestError("The parameter dpop_jkt is malformed.");
  return thumbprint;
}
