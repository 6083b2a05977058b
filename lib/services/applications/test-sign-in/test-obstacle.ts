import type { Client } from "@/lib/oauth/ports/client";

/** Why the sign-in of an application can't be tested from here. */
export type TestObstacle = "noSignIn" | "signedRequests" | "pushedWithKey";

type Tested = Pick<
  Client,
  | "grantTypes"
  | "clientType"
  | "tokenEndpointAuthMethod"
  | "securityProfile"
  | "requireSignedRequestObject"
  | "requirePushedAuthorizationRequests"
>;

/** Null: it can be tested. */
export function findTestObstacle(application: Tested, server: { requirePushed: boolean }): TestObstacle | null {
  if (!application.grantTypes.includes("authorization_code")) return "noSignIn";
  if (application.requireSignedRequestObject || application.securityProfile === "fapi2_message_signing") {
    return "signedRequests";
  }
  const isPushed = server.requirePushed || application.requirePushedAuthorizationRequests;
  // An assertion is used once, and there would have to be two: for the request, and for the code.
  const pushesWithKey = application.securityProfile !== null || (isPushed && usesKey(application));
  return pushesWithKey ? "pushedWithKey" : null;
}

/** What its administrator has to enter for a test, as only the application has it. */
export function findTestCredential(
  application: Pick<Client, "clientType" | "tokenEndpointAuthMethod">,
): "secret" | "assertion" | null {
  if (usesKey(application)) return "assertion";
  return application.clientType === "confidential" ? "secret" : null;
}

function usesKey({ tokenEndpointAuthMethod }: Pick<Client, "tokenEndpointAuthMethod">): boolean {
  return tokenEndpointAuthMethod === "private_key_jwt";
}
