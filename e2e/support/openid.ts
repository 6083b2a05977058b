import { createLocalJWKSet, type JWTPayload, jwtVerify } from "jose";
import { expect } from "vitest";
import { BrowserClient } from "./browser-client";
import { issuer } from "./environment";
import { type Answer, send } from "./http";
import type { Portal, TestApplication, TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";
import { authorizationOf, exchangeOf, requestToken, type TokenAnswer } from "./token-client";

/** The form of the response: a redirect for the Basic profile, a form for the Form Post profile. */
export const responseModes = ["query", "form_post"] as const;
export type ResponseMode = (typeof responseModes)[number];

export interface SignedIn extends TokenAnswer {
  idToken: string;
  claims: JWTPayload;
}

/** Verifies a JWT of the server with its published keys. */
export async function verifyJwt(jwt: string, audience: string): Promise<JWTPayload> {
  noteSecret(jwt);
  const keys = createLocalJWKSet(JSON.parse((await send("GET", "/o/.well-known/jwks.json")).text));
  return (await jwtVerify(jwt, keys, { issuer, audience })).payload;
}

/** An application with a new user, as at the start of each certification module. */
export class RelyingParty {
  readonly browser = new BrowserClient();
  readonly application: TestApplication;
  readonly user: TestUser;
  readonly responseMode: ResponseMode;

  private constructor(application: TestApplication, user: TestUser, responseMode: ResponseMode) {
    this.application = application;
    this.user = user;
    this.responseMode = responseMode;
  }

  static async create(
    portal: Portal,
    responseMode: ResponseMode,
    overrides: Parameters<Portal["createApplication"]>[0] = {},
  ): Promise<RelyingParty> {
    return new RelyingParty(await portal.createApplication(overrides), await portal.createUser(), responseMode);
  }

  request(more: Record<string, string> = {}): Record<string, string> {
    const mode: Record<string, string> = this.responseMode === "query" ? {} : { response_mode: this.responseMode };
    return authorizationOf(this.application, { scope: "openid", ...mode, ...more });
  }

  /** The final response of the authorization endpoint, after the user has signed in and consented if asked. */
  async authorize(more: Record<string, string> = {}): Promise<URLSearchParams> {
    return (await this.browser.authorize(this.request(more), { user: this.user })).searchParams;
  }

  async signIn(more: Record<string, string> = {}): Promise<SignedIn> {
    const answer = await this.authorize(more);
    expect(answer.get("error")).toBeNull();
    return this.exchange(answer.get("code") ?? "");
  }

  async exchange(code: string, more: Record<string, string> = {}): Promise<SignedIn> {
    const tokens = await requestToken(exchangeOf(this.application, code, more));
    expect(tokens.status).toBe(200);
    return this.readIdToken(tokens);
  }

  async readIdToken(tokens: TokenAnswer): Promise<SignedIn> {
    const idToken = String(tokens.body.id_token);
    return { ...tokens, idToken, claims: await verifyJwt(idToken, this.application.clientId) };
  }
}

export function bearer(accessToken: string): { headers: { Authorization: string } } {
  return { headers: { Authorization: `Bearer ${accessToken}` } };
}

export async function readUserinfo(accessToken: string): Promise<Record<string, unknown>> {
  return readClaims(await send("GET", "/o/userinfo", bearer(accessToken)));
}

export function readClaims(answer: Answer): Record<string, unknown> {
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
  return JSON.parse(answer.text) as Record<string, unknown>;
}
