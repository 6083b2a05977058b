import type { Client } from "../../ports/client";
import { InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/** More than 68 years is no limit, and more than storage holds. */
const maximum = 2 ** 31 - 1;

/**
 * OpenID Connect Core §3.1.2.1: seconds since the user last signed in; null for no limit. Without the parameter, the
 * client's registered default.
 */
export function checkMaxAge(client: Pick<Client, "defaultMaxAge">, parameters: Parameters): number | null {
  const value = parameters.get("max_age");
  if (value === undefined) return client.defaultMaxAge;
  if (!/^\d{1,10}$/.test(value)) throw new InvalidRequestError("The parameter max_age must be a number of seconds.");
  return Math.min(Number(value), maximum);
}
