import { acrValues } from "../../openid/acr";
import type { Client } from "../../ports/client";
import { acceptableValues, type ClaimsRequest, findClaimRequest } from "../../wire/claims-request";
import { OAuthError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { checkText } from "./text";

/** OpenID Connect Core §3.1.2.1: classes in order of preference, which are a wish and nothing more. */
export function checkAcrValues(client: Client, parameters: Parameters): readonly string[] {
  const asked = checkText(parameters, "acr_values");
  return asked === null ? client.defaultAcrValues : asked.split(" ").filter((value) => value !== "");
}

/** OpenID Connect Core §5.5.1.1: an `acr` that is essential is a condition, and no sign-in here would meet another. */
export function checkEssentialAcr(claims: ClaimsRequest | null): void {
  const request = findClaimRequest(claims, "acr");
  const acceptable = acceptableValues(request);
  if (!request?.essential || acceptable === null) return;
  if (acrValues.some((value) => acceptable.includes(value))) return;
  // OpenID Connect Core Unmet Authentication Requirements §2.
  throw new OAuthError("unmet_authentication_requirements", "None of the requested acr values can be met.");
}
