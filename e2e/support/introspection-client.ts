import { type Answer, postForm, type Sending } from "./http";
import type { TestApplication } from "./portal";
import { basicAuthorization, credentialsOf, parseJson, requestToken } from "./token-client";

/** Introspects a token as this application, with Basic. */
export function introspect(application: TestApplication, token: string, sending: Sending = {}): Promise<Answer> {
  const headers = { Authorization: basicAuthorization(application.clientId, application.clientSecret) };
  return postForm("/o/introspect/", { token }, { ...sending, headers: { ...headers, ...sending.headers } });
}

/** Whether introspection tells the application that its token is active. */
export async function isActive(application: TestApplication, token: string, sending: Sending = {}): Promise<boolean> {
  return parseJson((await introspect(application, token, sending)).text).active === true;
}

/** As this application, with its secret in the body; a public one with its ID. */
export function revokeToken(
  application: TestApplication,
  fields: Readonly<Record<string, string>>,
  sending: Sending = {},
): Promise<Answer> {
  return postForm("/o/revoke_token/", { ...credentialsOf(application), ...fields }, sending);
}

/** A token of the application itself. */
export async function obtainOwnToken(
  application: TestApplication,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const request = { grant_type: "client_credentials", ...credentialsOf(application), ...more };
  return (await requestToken(request)).accessToken;
}
