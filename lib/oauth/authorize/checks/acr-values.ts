import { acrValues, toAcr } from "../../openid/acr";
import type { Client } from "../../ports/client";
import type { AuthorizationRequest, Session } from "../../ports/types";
import { acceptableValues, type ClaimsRequest, findClaimRequest } from "../../wire/claims-request";
import { OAuthError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { checkText } from "./text";

/** OpenID Connect Core §3.1.2.1: classes in order of preference, which are not mandatory. */
export function checkAcrValues(client: Client, parameters: Parameters): readonly string[] {
  const asked = checkText(parameters, "acr_values");
  return asked === null ? client.defaultAcrValues : asked.split(" ").filter((value) => value !== "");
}

/**
 * OpenID Connect Core §5.5.1.1: an essential `acr` is a condition. Returns the classes that would meet it, or none if
 * there is no condition. Refused if no sign-in here could meet it.
 */
export function checkEssentialAcr(claims: ClaimsRequest | null): readonly string[] {
  const request = findClaimRequest(claims, "acr");
  const acceptable = acceptableValues(request);
  if (!request?.essential || acceptable === null) return [];
  const reachable = acrValues.filter((value) => acceptable.includes(value));
  if (reachable.length === 0) throw unmet();
  return reachable;
}

type Required = Pick<AuthorizationRequest, "requiredAcrValues">;

/** Whether the session's authentication is strong enough for the request. If not, the user can be asked for more. */
export function meetsRequiredAcr({ requiredAcrValues }: Required, { amr }: Pick<Session, "amr">): boolean {
  const acr = toAcr(amr);
  return requiredAcrValues.length === 0 || (acr !== null && requiredAcrValues.includes(acr));
}

/** The same after the user has been asked. */
export function assertRequiredAcr(request: Required, session: Pick<Session, "amr">): void {
  if (!meetsRequiredAcr(request, session)) throw unmet();
}

/** OpenID Connect Core Unmet Authentication Requirements §2. */
function unmet(): OAuthError {
  return new OAuthError("unmet_authentication_requirements", "None of the requested acr values can be met.");
}
