import { createHash, randomBytes } from "node:crypto";
import type { BrowserClient } from "./browser-client";
import { type Answer, postForm, type Sending, send } from "./http";
import type { TestApplication } from "./portal";
import { noteSecret } from "./secrets-seen";

export interface TokenAnswer extends Answer {
  body: Record<string, unknown>;
  accessToken: string;
  refreshToken: string;
}

/** Posts a token request and reads the answer. */
export async function requestToken(
  fields: Readonly<Record<string, string>>,
  sending: Sending = {},
): Promise<TokenAnswer> {
  return readTokenAnswer(await postForm("/o/token/", fields, sending));
}

export function readTokenAnswer(answer: Answer): TokenAnswer {
  const body = parseJson(answer.text);
  const read = (name: string) => (typeof body[name] === "string" ? body[name] : "");
  const [accessToken, refreshToken] = [read("access_token"), read("refresh_token")];
  noteSecret(accessToken);
  noteSecret(refreshToken);
  return { ...answer, body, accessToken, refreshToken };
}

/** The JSON object in an answer; empty if there is none. */
export function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
export function basicAuthorization(clientId: string, clientSecret: string): string {
  const encode = (text: string) => new URLSearchParams({ text }).toString().slice("text=".length);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64")}`;
}

export function credentialsOf({ clientId, clientSecret }: TestApplication): Record<string, string> {
  return { client_id: clientId, ...(clientSecret === "" ? {} : { client_secret: clientSecret }) };
}

/** An authorization request with all parameters of the article, and a state. */
export function authorizationOf(
  application: TestApplication,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    state: "a state",
    ...more,
  };
}

/** The token request for a code (RFC 6749 §4.1.3), in the body. */
export function exchangeOf(application: TestApplication, code: string, more: Record<string, string> = {}) {
  return {
    grant_type: "authorization_code",
    ...credentialsOf(application),
    code,
    redirect_uri: application.redirectUri,
    ...more,
  };
}

export function refreshOf(application: TestApplication, refreshToken: string, more: Record<string, string> = {}) {
  return { grant_type: "refresh_token", ...credentialsOf(application), refresh_token: refreshToken, ...more };
}

/** From the authorization request to the tokens, for the user in `browser`. */
export async function obtainTokens(
  browser: BrowserClient,
  application: TestApplication,
  more: Record<string, string> = {},
): Promise<TokenAnswer> {
  const code = await browser.obtainCode(authorizationOf(application, more));
  return requestToken(exchangeOf(application, code));
}

export function getResource(accessToken: string, sending: Sending = {}): Promise<Answer> {
  return send("GET", "/resource", {
    ...sending,
    headers: { Authorization: `Bearer ${accessToken}`, ...sending.headers },
  });
}

/** RFC 7636 §4.1, §4.2. */
export function createPkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  noteSecret(verifier);
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
