import { describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import { epoch } from "../testing/defaults";
import {
  buildPkce,
  obtainCode,
  pendingId,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
  type Wire,
} from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { digest } from "../wire/digest";

describe("RFC 6749 §4.1.2.1: every other error goes to the client, with its state and our issuer", () => {
  test.each([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["unknown response_type", { response_type: "foo" }, "unsupported_response_type"],
    ["RFC 9700 §2.1.2: response_type token", { response_type: "token" }, "unsupported_response_type"],
    ["hybrid response_type", { response_type: "code id_token" }, "unsupported_response_type"],
    ["response_type in another case", { response_type: "CODE" }, "unsupported_response_type"],
    ["an unknown response_mode", { response_mode: "web_message" }, "invalid_request"],
    ["response_mode in another case", { response_mode: "QUERY" }, "invalid_request"],
    ["OpenID Connect Core §3.1.2.1: a negative max_age", { max_age: "-1" }, "invalid_request"],
    ["max_age in words", { max_age: "soon" }, "invalid_request"],
    ["max_age with a fraction", { max_age: "1.5" }, "invalid_request"],
    ["max_age without end", { max_age: "9".repeat(11) }, "invalid_request"],
    ["control character in ui_locales", { ui_locales: "de\u0000" }, "invalid_request"],
    ["RFC 9449 §10: a malformed dpop_jkt", { dpop_jkt: "short" }, "invalid_request"],
    ["dpop_jkt of other characters", { dpop_jkt: "+".repeat(43) }, "invalid_request"],
    ["OpenID Connect Core §6.1: request object", { request: "eyJ" }, "invalid_request_object"],
    ["OpenID Connect Core §6.2: request_uri", { request_uri: "urn:x" }, "invalid_request_uri"],
    ["unknown scope", { scope: "bogus" }, "invalid_scope"],
    ["scope with a NUL", { scope: "read\0" }, "invalid_scope"],
    ["scope that is restricted", { scope: "manage" }, "invalid_scope"],
    ["RFC 8707 §2: unknown resource", { resource: "https://api.example" }, "invalid_target"],
    ["RFC 8707 §2: two unknown resources", { resource: ["https://a.example", "https://b.example"] }, "invalid_target"],
    ["unknown prompt", { prompt: "perhaps" }, "invalid_request"],
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
    "a harmful state is refused, and not in the response",
    async (state) => {
      const context = buildContext();
      const { client } = registerClient(context);
      const outcome = await sendAuthorization(context, client, signedOut(), { state });
      expect(redirectParameters(outcome)).toMatchObject({ error: "invalid_request", state });
      expect(outcome).toMatchObject({ location: expect.stringMatching(/^[\x21-\x7e]+$/) });
    },
  );

  test("RFC 7636 §4.4.1: PKCE is required for public clients and for clients registered so", async () => {
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
  test("waits for sign-in with all its parameters, bound to the browser", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const [photos, mail] = [registerApi(context), registerApi(context, { scopes: ["email"] })];
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
      response_mode: "form_post",
      max_age: "3600",
      ui_locales: "de-CH de",
      dpop_jkt: digest("a key"),
      resource: [photos.identifier, mail.identifier, photos.identifier],
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
      resources: [photos.identifier, mail.identifier],
      state: "ünïcode ✓",
      codeChallenge: challenge,
      dpopJkt: digest("a key"),
      responseMode: "form_post",
      maxAge: 3600,
      prompts: ["consent", "login"],
      approvalPrompt: "force",
      loginHint: "alice@example.test",
      uiLocales: "de-CH de",
      nonce: null,
      claims: null,
      acrValues: [],
      requiredAcrValues: [],
      display: null,
      claimsLocales: null,
      requiredUserId: null,
      createdAt: epoch,
      expiresAt: addSeconds(epoch, 600),
      authenticatedSessionId: null,
      decision: null,
      decidedBySessionId: null,
    });
  });

  test("signed in, it waits for consent; without a scope, to the default ones", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const requestId = pendingId(await sendAuthorization(context, client, signIn(context)), "consent");
    const request = await context.stores.requests.find(digest(requestId));
    expect(request).toMatchObject({
      scopes: ["read", "write"],
      state: null,
      codeChallenge: null,
      dpopJkt: null,
      resources: [],
      responseMode: "query",
      maxAge: null,
      approvalPrompt: "auto",
    });
  });

  test("unknown parameters are ignored, empty ones count as omitted (RFC 6749 §3.1)", async () => {
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
      request_uri: "",
      resource: "",
      response_mode: "",
      max_age: "",
      dpop_jkt: "",
    };
    const requestId = pendingId(await sendAuthorization(context, client, signIn(context), extra), "consent");
    const request = await context.stores.requests.find(digest(requestId));
    expect(request).toMatchObject({ scopes: ["read", "write"], state: null, codeChallenge: null, prompts: [] });
  });

  test("the code is bound to client, user, session, redirect URI, scopes, challenge, APIs and key, for 60 s", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const { challenge } = buildPkce();
    const browser = signIn(context);
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const { identifier } = registerApi(context);
    const bound = { resource: identifier, dpop_jkt: digest("a key") };
    const request = { ...pkce, ...bound, scope: "read", redirect_uri: undefined };
    const code = await obtainCode(context, client, request, browser);
    expect(code).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await context.stores.codes.find(digest(code))).toEqual({
      codeHash: digest(code),
      applicationId: client.id,
      userId: context.user.id,
      sessionId: browser.session.id,
      redirectUri: "https://app.example/callback",
      redirectUriSent: false,
      scopes: ["read"],
      resources: [identifier],
      codeChallenge: challenge,
      dpopJkt: digest("a key"),
      nonce: null,
      claims: null,
      authenticatedAt: browser.session.authenticatedAt,
      amr: ["pwd"],
      createdAt: epoch,
      expiresAt: addSeconds(epoch, 60),
      consumedAt: null,
      userDisabled: false,
    });
  });

  test("RFC 9207 §2: the response contains code, state and issuer, and nothing else", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context), { state: "s" });
    const parameters = redirectParameters(outcome);
    expect(parameters).toEqual({ code: parameters.code, state: "s", iss: context.issuer });
    expect(outcome).toMatchObject({ error: null });
  });

  test("a storage failure isn't reported to the client: it is thrown", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const failing = async () => {
      throw new Error("storage is down");
    };
    context.stores.scopes.list = failing;
    await expect(sendAuthorization(context, client, signIn(context))).rejects.toThrow("storage is down");
  });
});
