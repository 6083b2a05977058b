import { describe, expect, test } from "vitest";
import { type AuthorizeOutcome, authorize } from "./authorize";
import { addSeconds } from "./context";
import { digest } from "./digest";
import type { UntrustedRequestError } from "./errors";
import { buildContext, epoch, registerClient, type TestContext } from "./testing/builders";
import {
  buildPkce,
  obtainCode,
  pendingId,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
  type Wire,
} from "./testing/flow";
import type { Client } from "./types";

/** The error of the page that is shown instead of any redirect. */
function pageError(outcome: AuthorizeOutcome): UntrustedRequestError {
  if (outcome.kind !== "error-page") throw new Error(`Expected an error page: ${JSON.stringify(outcome)}`);
  return outcome.error;
}

/** Sends the request as somebody signed in and as somebody signed out: an error comes before the login. */
async function sendAsEveryone(context: TestContext, client: Client, parameters: Wire): Promise<AuthorizeOutcome[]> {
  return [
    await sendAuthorization(context, client, signIn(context), parameters),
    await sendAuthorization(context, client, signedOut(), parameters),
    await sendAuthorization(context, client, signedOut(), { ...parameters, prompt: "none" }),
  ];
}

describe("RFC 6749 §4.1.2.1, RFC 9700 §4.11.2: without a trusted client and redirect URI nothing is redirected", () => {
  test.each([
    ["unknown client", { client_id: "unknown" }],
    ["no client", { client_id: undefined }],
    ["empty client", { client_id: "" }],
    ["NUL in the client id", { client_id: "a\0b" }],
    ["client id of 64 kB", { client_id: "a".repeat(65_536) }],
    ["unregistered redirect URI", { redirect_uri: "https://evil.example/cb" }],
    ["extra query in the redirect URI", { redirect_uri: "https://app.example/callback?next=x" }],
    ["fragment in the redirect URI", { redirect_uri: "https://app.example/callback#x" }],
    ["user name in the redirect URI", { redirect_uri: "https://x@app.example/callback" }],
    ["path parameter in the redirect URI", { redirect_uri: "https://app.example/callback;evil=1" }],
    ["relative redirect URI", { redirect_uri: "/callback" }],
    ["NUL in the redirect URI", { redirect_uri: "https://app.example/callback\0" }],
    ["script as redirect URI", { redirect_uri: "javascript:alert(1)" }],
    ["everything else wrong as well", { redirect_uri: "https://evil.example/cb", response_type: "x", scope: "bogus" }],
    ["repeated client_id", { client_id: ["a", "b"] }],
    ["repeated redirect_uri", { redirect_uri: ["https://app.example/callback", "https://evil.example/cb"] }],
    ["repeated state", { state: ["a", "b"] }],
    ["repeated response_type", { response_type: ["code", "code"] }],
    ["repeated unknown parameter", { foo: ["1", "2"] }],
  ] as [string, Wire][])("%s", async (_, parameters) => {
    const context = buildContext();
    const { client } = registerClient(context);
    for (const outcome of await sendAsEveryone(context, client, parameters)) {
      expect(pageError(outcome)).toMatchObject({ error: "invalid_request", status: 400 });
    }
  });

  test.each(["client_id=%zz", "client_id=%ff", "%", "state=%c0%af", ""])("malformed query %j", async (query) => {
    expect(pageError(await authorize(buildContext(), query, signedOut())).status).toBe(400);
  });

  test.each(["a\0b", "ü", "x".repeat(256)])("storage is not asked for a client id like %j", async (clientId) => {
    const context = buildContext();
    const { client } = registerClient(context);
    context.stores.clients.find = async () => {
      throw new Error("refused by the storage");
    };
    pageError(await sendAuthorization(context, client, signedOut(), { client_id: clientId }));
  });

  test("the page's words reveal neither what was sent nor what is registered; the diagnosis does", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { redirectUris: ["https://secret.example/cb", "https://b.example/cb"] });
    const sent = { redirect_uri: "https://evil.example/cb" };
    const error = pageError(await sendAuthorization(context, client, signedOut(), sent));
    expect(error.explanation).not.toMatch(/example/);
    expect(error.diagnosis).toEqual({
      clientId: client.clientId,
      applicationId: client.id,
      redirectUri: "https://evil.example/cb",
      registeredRedirectUris: ["https://secret.example/cb", "https://b.example/cb"],
    });
    const unknown = pageError(await sendAuthorization(context, client, signedOut(), { client_id: "nobody" }));
    expect(unknown.diagnosis).toEqual({ clientId: "nobody", redirectUri: "https://secret.example/cb" });
  });

  test("a disabled application says so, on a page", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { disabled: true });
    for (const outcome of await sendAsEveryone(context, client, {})) {
      const error = pageError(outcome);
      expect(error.error).toBe("unauthorized_client");
      expect(error.explanation).toMatch(/disabled by an administrator/);
      expect(error.diagnosis.applicationId).toBe(client.id);
    }
  });

  test("RFC 6749 §3.1.2.3: the redirect URI may be left out where exactly one is registered", async () => {
    const context = buildContext();
    const [one, two, none] = [
      registerClient(context),
      registerClient(context, { redirectUris: ["https://app.example/a", "https://app.example/b"] }),
      registerClient(context, { redirectUris: [] }),
    ];
    const left = { redirect_uri: undefined };
    const outcome = await sendAuthorization(context, one.client, signedOut(), left);
    const request = await context.stores.requests.find(digest(pendingId(outcome, "login")));
    expect(request).toMatchObject({ redirectUri: "https://app.example/callback", redirectUriSent: false });
    pageError(await sendAuthorization(context, two.client, signedOut(), left));
    pageError(await sendAuthorization(context, none.client, signedOut(), left));
  });

  test("RFC 8252 §7.3: any port of the loopback address, no other port of localhost", async () => {
    const context = buildContext();
    const redirectUris = ["http://127.0.0.1/cb", "http://localhost:8000/cb"];
    const { client } = registerClient(context, { redirectUris });
    const send = (redirect_uri: string) => sendAuthorization(context, client, signedOut(), { redirect_uri });
    const request = await context.stores.requests.find(
      digest(pendingId(await send("http://127.0.0.1:51004/cb"), "login")),
    );
    expect(request).toMatchObject({ redirectUri: "http://127.0.0.1:51004/cb", redirectUriSent: true });
    expect(pendingId(await send("http://localhost:8000/cb"), "login")).toBeDefined();
    pageError(await send("http://localhost:8001/cb"));
  });

  test("RFC 8252 §7.1: a private-use scheme takes the code", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { redirectUris: ["com.example.app:/cb"], skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context));
    expect(outcome).toMatchObject({
      kind: "redirect",
      location: expect.stringMatching(/^com\.example\.app:\/cb\?code=/),
    });
  });
});

describe("RFC 6749 §4.1.2.1: every other error goes to the client, with its state and our issuer", () => {
  test.each([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["unknown response_type", { response_type: "foo" }, "unsupported_response_type"],
    ["RFC 9700 §2.1.2: response_type token", { response_type: "token" }, "unsupported_response_type"],
    ["hybrid response_type", { response_type: "code id_token" }, "unsupported_response_type"],
    ["response_type in another case", { response_type: "CODE" }, "unsupported_response_type"],
    ["response_mode fragment", { response_mode: "fragment" }, "invalid_request"],
    ["response_mode form_post", { response_mode: "form_post" }, "invalid_request"],
    ["OpenID Connect Core §6.1: request object", { request: "eyJ" }, "request_not_supported"],
    ["OpenID Connect Core §6.2: request_uri", { request_uri: "urn:x" }, "request_uri_not_supported"],
    ["unknown scope", { scope: "bogus" }, "invalid_scope"],
    ["scope with a NUL", { scope: "read\0" }, "invalid_scope"],
    ["scope that is restricted", { scope: "manage" }, "invalid_scope"],
    ["RFC 8707 §2: unknown resource", { resource: "https://api.example" }, "invalid_target"],
    ["RFC 8707 §2: two resources", { resource: ["https://a.example", "https://b.example"] }, "invalid_target"],
    ["unknown prompt", { prompt: "create" }, "invalid_request"],
    ["OpenID Connect Core §3.1.2.1: prompt none with another", { prompt: "none login" }, "invalid_request"],
    ["unknown approval_prompt", { approval_prompt: "always" }, "invalid_request"],
    ["control character in login_hint", { login_hint: "a\nb" }, "invalid_request"],
    ["login_hint without end", { login_hint: "a".repeat(4097) }, "invalid_request"],
    [
      "RFC 9700 §2.1.1: method plain",
      { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
      "invalid_request",
    ],
    [
      "RFC 7636 §4.3: challenge without a method, which is plain",
      { code_challenge: "a".repeat(43) },
      "invalid_request",
    ],
    [
      "RFC 7636 §4.4.1: unknown method",
      { code_challenge: "a".repeat(43), code_challenge_method: "S512" },
      "invalid_request",
    ],
    ["method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
    ["malformed challenge", { code_challenge: "short", code_challenge_method: "S256" }, "invalid_request"],
  ] as [string, Wire, string][])("%s: %j is %s", async (_, parameters, error) => {
    const context = buildContext();
    const { client } = registerClient(context);
    for (const browser of [signIn(context), signedOut()]) {
      const outcome = await sendAuthorization(context, client, browser, { state: "xyz 1", ...parameters });
      expect(redirectParameters(outcome)).toMatchObject({ error, state: "xyz 1", iss: context.issuer });
      expect(redirectParameters(outcome)).not.toHaveProperty("code");
      expect(outcome).toMatchObject({
        location: expect.stringMatching(/^https:\/\/app\.example\/callback\?/),
        error: { error },
      });
    }
  });

  test("a client without the code grant is an unauthorized_client", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { grantTypes: ["client_credentials"] });
    const outcome = await sendAuthorization(context, client, signIn(context));
    expect(redirectParameters(outcome)).toMatchObject({ error: "unauthorized_client", iss: context.issuer });
  });

  test.each(["a\0b", "a\r\nb", "a".repeat(4097)])(
    "a state that could do harm is refused, and harmless in the answer",
    async (state) => {
      const context = buildContext();
      const { client } = registerClient(context);
      const outcome = await sendAuthorization(context, client, signedOut(), { state });
      expect(redirectParameters(outcome)).toMatchObject({ error: "invalid_request", state });
      expect(outcome).toMatchObject({ location: expect.stringMatching(/^[\x21-\x7e]+$/) });
    },
  );

  test("RFC 7636 §4.4.1: PKCE is required of public clients and where the client is registered so", async () => {
    const context = buildContext();
    const pkce = { code_challenge: buildPkce().challenge, code_challenge_method: "S256" };
    for (const values of [{ clientType: "public" as const }, { requirePkce: true }]) {
      const { client } = registerClient(context, values);
      const without = await sendAuthorization(context, client, signIn(context));
      expect(redirectParameters(without)).toMatchObject({ error: "invalid_request", iss: context.issuer });
      expect(pendingId(await sendAuthorization(context, client, signIn(context), pkce), "consent")).toBeDefined();
    }
    const { client } = registerClient(context);
    expect(pendingId(await sendAuthorization(context, client, signIn(context)), "consent")).toBeDefined();
    expect(pendingId(await sendAuthorization(context, client, signIn(context), pkce), "consent")).toBeDefined();
  });
});

describe("RFC 6749 §4.1.1: a valid request", () => {
  test("waits for the login with everything that was asked, bound to the browser", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const { challenge } = buildPkce();
    const browser = signedOut();
    const outcome = await sendAuthorization(context, client, browser, {
      scope: "email read",
      state: "ünïcode ✓",
      code_challenge: challenge,
      code_challenge_method: "S256",
      prompt: "consent login consent",
      approval_prompt: "force",
      login_hint: "alice@example.test",
    });
    const requestId = pendingId(outcome, "login");
    expect(await context.stores.requests.find(digest(requestId))).toEqual({
      idHash: digest(requestId),
      browserHash: digest(browser.browserId),
      applicationId: client.id,
      clientId: client.clientId,
      redirectUri: "https://app.example/callback",
      redirectUriSent: true,
      scopes: ["email", "read"],
      state: "ünïcode ✓",
      codeChallenge: challenge,
      prompts: ["consent", "login"],
      approvalPrompt: "force",
      loginHint: "alice@example.test",
      createdAt: epoch,
      expiresAt: addSeconds(epoch, 600),
      authenticatedSessionId: null,
      decision: null,
      decidedBySessionId: null,
    });
  });

  test("signed in, it waits for the consent; with no scope named, to the default ones", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const requestId = pendingId(await sendAuthorization(context, client, signIn(context)), "consent");
    const request = await context.stores.requests.find(digest(requestId));
    expect(request).toMatchObject({
      scopes: ["read", "write"],
      state: null,
      codeChallenge: null,
      approvalPrompt: "auto",
    });
  });

  test("parameters that no one knows are ignored, empty ones are as if omitted (RFC 6749 §3.1)", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const extra = {
      foo: "bar",
      nonce: "n",
      scope: "",
      state: "",
      prompt: "",
      code_challenge: "",
      request: "",
      resource: "",
    };
    const requestId = pendingId(await sendAuthorization(context, client, signIn(context), extra), "consent");
    const request = await context.stores.requests.find(digest(requestId));
    expect(request).toMatchObject({ scopes: ["read", "write"], state: null, codeChallenge: null, prompts: [] });
  });

  test("response_mode query is what is done anyway", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const outcome = await sendAuthorization(context, client, signIn(context), { response_mode: "query" });
    expect(pendingId(outcome, "consent")).toBeDefined();
  });

  test("the code is bound to client, person, session, redirect URI, scopes and challenge, for 60 s", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const { challenge } = buildPkce();
    const browser = signIn(context);
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const code = await obtainCode(context, client, { ...pkce, scope: "read", redirect_uri: undefined }, browser);
    expect(code).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await context.stores.codes.find(digest(code))).toEqual({
      codeHash: digest(code),
      applicationId: client.id,
      userId: context.user.id,
      sessionId: browser.session.id,
      redirectUri: "https://app.example/callback",
      redirectUriSent: false,
      scopes: ["read"],
      codeChallenge: challenge,
      createdAt: epoch,
      expiresAt: addSeconds(epoch, 60),
      consumedAt: null,
      userDisabled: false,
    });
  });

  test("RFC 9207 §2: the response names code, state and issuer, and nothing else", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context), { state: "s" });
    const parameters = redirectParameters(outcome);
    expect(parameters).toEqual({ code: parameters.code, state: "s", iss: context.issuer });
    expect(outcome).toMatchObject({ error: null });
  });

  test("a failure of the storage is no answer to the client: it is thrown", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const failing = async () => {
      throw new Error("storage is down");
    };
    context.stores.scopes.list = failing;
    await expect(sendAuthorization(context, client, signIn(context))).rejects.toThrow("storage is down");
  });
});
