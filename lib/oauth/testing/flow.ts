import { randomUUID } from "node:crypto";
import { checkBearer, type ResourceRequest } from "../access/bearer";
import { decideAuthorization } from "../authorize/authorization-decision";
import type { AuthorizeOutcome, Browser } from "../authorize/authorization-outcome";
import { authorize, resumeAuthorization } from "../authorize/authorize";
import type { Client } from "../ports/client";
import type { ProtocolSettings } from "../ports/settings";
import type { Decision, Session } from "../ports/types";
import { answerTokenRequest } from "../token/token";
import { digest, randomToken } from "../wire/digest";
import { InvalidTokenError, type UntrustedRequestError } from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { buildContext, registerClient, type TestContext } from "./test-context";

/** Parameters by name; `undefined` leaves one out, a list repeats it. */
export type Wire = Record<string, string | readonly string[] | undefined>;

export function formEncode(parameters: Wire): string {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of typeof value === "string" ? [value] : value) encoded.append(name, one);
  }
  return encoded.toString();
}

export interface SignedInBrowser extends Browser {
  session: Session;
}

export function signIn(context: TestContext): SignedInBrowser {
  return {
    browserId: randomToken(),
    session: { id: randomUUID(), userId: context.user.id, authenticatedAt: context.now(), amr: ["pwd"] },
  };
}

export function signedOut(): Browser {
  return { browserId: randomToken(), session: null };
}

/** A verifier with its S256 challenge. */
export function buildPkce(): { verifier: string; challenge: string } {
  const verifier = randomToken();
  return { verifier, challenge: digest(verifier) };
}

/** The request of the walk-through: no scope, no state, no PKCE, unless `parameters` says otherwise. */
export function sendAuthorization(
  context: TestContext,
  client: Client,
  browser: Browser,
  parameters: Wire = {},
): Promise<AuthorizeOutcome> {
  const query = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0],
    ...parameters,
  };
  return authorize(context, formEncode(query), browser);
}

/** The id of the pending request; fails if the outcome is not the step that was expected. */
export function pendingId(outcome: AuthorizeOutcome, step: "login" | "consent" | "no-access"): string {
  if (outcome.kind !== step) throw new Error(`Expected ${step}: ${JSON.stringify(outcome)}`);
  return outcome.requestId;
}

/** The parameters of an authorization response; fails if the outcome is no redirect. */
export function redirectParameters(outcome: AuthorizeOutcome): Record<string, string> {
  if (outcome.kind !== "redirect") throw new Error(`Expected a redirect: ${JSON.stringify(outcome)}`);
  return Object.fromEntries(new URL(outcome.location).searchParams);
}

/** The error of the page that is shown instead of any redirect; fails if there is none. */
export function pageError(outcome: AuthorizeOutcome): UntrustedRequestError {
  if (outcome.kind !== "error-page") throw new Error(`Expected an error page: ${JSON.stringify(outcome)}`);
  return outcome.error;
}

/** The id that the consent page gets; fails if the next step is another. */
export async function askConsent(
  context: TestContext,
  client: Client,
  browser: SignedInBrowser,
  parameters: Wire = {},
): Promise<string> {
  return pendingId(await sendAuthorization(context, client, browser, parameters), "consent");
}

/** Answers the consent page and comes back to the dispatcher. */
export async function decide(
  context: TestContext,
  requestId: string,
  browser: SignedInBrowser,
  decision: Decision = "approved",
): Promise<AuthorizeOutcome> {
  await decideAuthorization(context, { requestId, browserId: browser.browserId, session: browser.session, decision });
  return resumeAuthorization(context, requestId, browser);
}

/** A code that was asked for with PKCE, and the request that redeems it. */
export async function obtainPkceCode(context: TestContext, client: Client, secret: string) {
  const { verifier, challenge } = buildPkce();
  const code = await obtainCode(context, client, { code_challenge: challenge, code_challenge_method: "S256" });
  return { code, verifier, body: { ...codeRequest(client, secret, code), code_verifier: verifier } };
}

/** Authorize, approve if asked, and come back with the code. */
export async function obtainCode(
  context: TestContext,
  client: Client,
  parameters: Wire = {},
  browser: SignedInBrowser = signIn(context),
): Promise<string> {
  let outcome = await sendAuthorization(context, client, browser, parameters);
  if (outcome.kind === "consent") outcome = await decide(context, outcome.requestId, browser);
  const { code } = redirectParameters(outcome);
  if (code === undefined) throw new Error(`Expected a code: ${JSON.stringify(outcome)}`);
  return code;
}

export function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString("base64")}`;
}

/** A token request with everything but `parameters` in order. */
export function sendTokenRequest(
  context: TestContext,
  parameters: Wire,
  request: Partial<ClientRequest> = {},
): Promise<TokenResponse> {
  return answerTokenRequest(context, buildClientRequest(parameters, request)) as Promise<TokenResponse>;
}

/** The token endpoint always answers with JSON. */
export interface TokenResponse extends ProtocolResponse {
  body: Readonly<Record<string, unknown>>;
}

/** A form post from the network `192.0.2.1`, as any endpoint for clients gets it. */
export function buildClientRequest(parameters: Wire, values: Partial<ClientRequest> = {}): ClientRequest {
  return {
    query: "",
    contentType: "application/x-www-form-urlencoded",
    authorization: null,
    body: formEncode(parameters),
    dpop: null,
    accept: null,
    origin: null,
    ipAddress: "192.0.2.1",
    network: "192.0.2.1",
    ...values,
  };
}

/** The body's credentials and the code grant. */
export function codeRequest(client: Client, secret: string, code: string): Wire {
  const redirectUri = client.redirectUris[0];
  return {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    ...credentials(client, secret),
  };
}

export function refreshRequest(client: Client, secret: string, refreshToken: string): Wire {
  return { grant_type: "refresh_token", refresh_token: refreshToken, ...credentials(client, secret) };
}

function credentials(client: Client, secret: string): Wire {
  return { client_id: client.clientId, client_secret: client.clientType === "public" ? undefined : secret };
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  scope: string;
}

export function readTokens(response: TokenResponse): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken, scope } = response.body;
  if (response.status !== 200) throw new Error(`Expected tokens: ${JSON.stringify(response)}`);
  return { accessToken: String(accessToken), refreshToken: String(refreshToken), scope: String(scope) };
}

/** The whole flow, from the authorization request to the tokens. */
export async function obtainTokens(
  context: TestContext,
  client: Client,
  secret: string,
  parameters: Wire = {},
): Promise<Tokens> {
  const { verifier, challenge } = buildPkce();
  const pkce = client.clientType === "public" ? { code_challenge: challenge, code_challenge_method: "S256" } : {};
  const code = await obtainCode(context, client, { ...pkce, ...parameters });
  const codeVerifier = client.clientType === "public" ? verifier : undefined;
  return readTokens(
    await sendTokenRequest(context, { ...codeRequest(client, secret, code), code_verifier: codeVerifier }),
  );
}

/** The `error` of a token request that has to be refused with 400. */
export async function refusal(context: TestContext, body: Wire): Promise<unknown> {
  const response = await sendTokenRequest(context, body);
  if (response.status !== 400) throw new Error(`Expected a refusal: ${JSON.stringify(response)}`);
  return response.body.error;
}

/** `GET https://id.example/resource` with a bearer token. */
export function buildResourceRequest(accessToken: string, values: Partial<ResourceRequest> = {}): ResourceRequest {
  const uri = "https://id.example/resource";
  return { authorization: `Bearer ${accessToken}`, dpop: null, method: "GET", uri, ...values };
}

/** Whether a protected resource would accept the access token now. */
export async function isGood(context: TestContext, { accessToken }: Pick<Tokens, "accessToken">): Promise<boolean> {
  try {
    return (await checkBearer(context, buildResourceRequest(accessToken), { scopes: [] })) !== null;
  } catch (error) {
    if (error instanceof InvalidTokenError) return false;
    throw error;
  }
}

/** A context with a client that has obtained tokens, and what it does with its refresh tokens. */
export async function arrangeRefresh(parameters: Wire = {}, settings: Partial<ProtocolSettings> = {}) {
  const context = buildContext(settings);
  const { client, secret } = registerClient(context);
  const tokens = await obtainTokens(context, client, secret, parameters);
  const request = (refreshToken: string, more: Wire = {}) => ({
    ...refreshRequest(client, secret, refreshToken),
    ...more,
  });
  return {
    context,
    client,
    secret,
    tokens,
    send: (refreshToken: string, more?: Wire) => sendTokenRequest(context, request(refreshToken, more)),
    refresh: async (refreshToken: string, more?: Wire) =>
      readTokens(await sendTokenRequest(context, request(refreshToken, more))),
    refusal: (refreshToken: string, more?: Wire) => refusal(context, request(refreshToken, more)),
    replays: () => context.stores.auditEvents().filter(({ type }) => type === "refresh_token.replayed"),
  };
}
