import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { pageError, pendingId, sendAuthorization, signedOut, signIn, type Wire } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";
import type { AuthorizeOutcome } from "./authorization-outcome";
import { authorize } from "./authorize";

/** Sends the request signed in and signed out: an error comes before the login. */
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

  test("a redirect URI with a host that is no longer allowed is ignored, and others still work", async () => {
    const context = buildContext();
    const old = "https://a.example;sandbox/cb";
    const { client } = registerClient(context, { redirectUris: [old, "https://app.example/callback"] });
    for (const outcome of await sendAsEveryone(context, client, { redirect_uri: old })) {
      expect(pageError(outcome)).toMatchObject({ error: "invalid_request", status: 400 });
    }
    const good = { redirect_uri: "https://app.example/callback", prompt: "none" };
    expect(await sendAuthorization(context, client, signedOut(), good)).toMatchObject({
      kind: "redirect",
      frameOrigin: "https://app.example",
    });
    const { client: withOldOnly } = registerClient(context, { redirectUris: [old] });
    const [outcome] = await sendAsEveryone(context, withOldOnly, { redirect_uri: undefined });
    expect(outcome && pageError(outcome).status).toBe(400);
  });

  test("the reason reveals neither what was sent nor what is registered; the diagnosis does", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { redirectUris: ["https://secret.example/cb", "https://b.example/cb"] });
    const sent = { redirect_uri: "https://evil.example/cb" };
    const error = pageError(await sendAuthorization(context, client, signedOut(), sent));
    expect(error.message).not.toMatch(/example/);
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
      expect(error.reason).toBe("client_disabled");
      expect(error.diagnosis.applicationId).toBe(client.id);
    }
  });

  test("RFC 6749 §3.1.2.3: the redirect URI may be omitted if exactly one is registered", async () => {
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

  test("RFC 9700 §2.1: any port of localhost for a native application", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { kind: "native", redirectUris: ["http://localhost:8000/cb"] });
    const redirect_uri = "http://localhost:51004/cb";
    const id = pendingId(await sendAuthorization(context, client, signedOut(), { redirect_uri }), "login");
    expect(await context.stores.requests.find(digest(id))).toMatchObject({ redirectUri: redirect_uri });
    pageError(await sendAuthorization(context, client, signedOut(), { redirect_uri: "http://localhost:51004/other" }));
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

  test("RFC 8252 §7.1: a private-use scheme receives the code", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { redirectUris: ["com.example.app:/cb"], skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context));
    expect(outcome).toMatchObject({
      kind: "redirect",
      location: expect.stringMatching(/^com\.example\.app:\/cb\?code=/),
    });
  });
});

test("OpenID Connect Core §3.1.2.1: the languages that the request asks for come along with every page", async () => {
  const context = buildContext();
  const ui_locales = "de-CH de";
  const { client } = registerClient(context, { redirectsBeforeSignIn: false });
  const asked = { kind: "leave", uiLocales: ui_locales };
  expect(await sendAuthorization(context, client, signedOut(), { ui_locales, scope: "bogus" })).toMatchObject(asked);
  const silent = { ui_locales, prompt: "none", response_mode: "form_post" };
  expect(await sendAuthorization(context, client, signedOut(), silent)).toMatchObject({ uiLocales: ui_locales });
  const { kind } = await sendAuthorization(context, client, signedOut(), { ui_locales });
  expect(kind).toBe("login");
});

test("so they do with the page that refuses a request after all", async () => {
  const context = buildContext();
  context.admit = () => 120;
  const { client } = registerClient(context);
  const outcome = await sendAuthorization(context, client, signedOut(), { ui_locales: "de" });
  expect(outcome).toMatchObject({ kind: "error-page", error: { reason: "too_many_requests" }, uiLocales: "de" });
});
