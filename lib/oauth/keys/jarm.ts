import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { ResponseMode } from "../ports/types";
import { signJwt, toNumericDate } from "./sign-jwt";

/** Seconds: long enough for a slow redirect, too short to be worth keeping (JARM §2.1 asks for at most ten minutes). */
const lifetime = 300;

/** Whether the answer goes to the client as a signed JWT (JARM §2.3). */
export function isSigned(mode: ResponseMode): boolean {
  return mode.endsWith("jwt");
}

/** How the one parameter `response`, or the plain ones, travel; `jwt` alone is `query.jwt` for `code` (JARM §2.3.4). */
export function findTransport(mode: ResponseMode): "query" | "fragment" | "form_post" {
  if (mode.startsWith("fragment")) return "fragment";
  return mode.startsWith("form_post") ? "form_post" : "query";
}

/** The answer as a JWT for this client alone: success and error alike (JARM §2.1). */
export function signAuthorizationResponse(
  context: OAuthContext,
  client: Pick<Client, "clientId" | "authorizationSignedResponseAlg">,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const exp = toNumericDate(addSeconds(context.now(), lifetime));
  return signJwt(context, {
    algorithm: client.authorizationSignedResponseAlg,
    typ: "JWT",
    payload: { ...fields, iss: context.issuer, aud: client.clientId, exp },
  });
}
