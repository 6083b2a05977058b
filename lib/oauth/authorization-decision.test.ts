import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decideAuthorization, describeConsent, recordAuthentication } from "./authorization-decision";
import { resumeAuthorization } from "./authorize";
import { addSeconds } from "./context";
import { digest, randomToken } from "./digest";
import { UntrustedRequestError } from "./errors";
import { buildContext, epoch, registerClient, scopes, type TestContext } from "./testing/builders";
import {
  buildPkce,
  decide,
  obtainCode,
  pendingId,
  redirectParameters,
  type SignedInBrowser,
  sendAuthorization,
  signedOut,
  signIn,
  type Wire,
} from "./testing/flow";
import type { Client, Decision } from "./types";

async function askConsent(context: TestContext, client: Client, browser: SignedInBrowser, parameters: Wire = {}) {
  return pendingId(await sendAuthorization(context, client, browser, parameters), "consent");
}

function answer(context: TestContext, requestId: string, browser: SignedInBrowser, decision: Decision = "approved") {
  return decideAuthorization(context, { requestId, browserId: browser.browserId, session: browser.session, decision });
}

describe("login and consent only come back to the dispatcher", () => {
  test("signed out, login, consent, code: one request all the way", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const anonymous = signedOut();
    const requestId = pendingId(await sendAuthorization(context, client, anonymous, { state: "s" }), "login");
    expect(pendingId(await resumeAuthorization(context, requestId, anonymous), "login")).toBe(requestId);
    const browser = { ...anonymous, session: { id: randomUUID(), userId: context.user.id } };
    await recordAuthentication(context, requestId, browser.browserId, browser.session);
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "consent")).toBe(requestId);
    const parameters = redirectParameters(await decide(context, requestId, browser));
    expect(parameters).toEqual({ code: parameters.code, state: "s", iss: context.issuer });
  });

  test("consent asks in sentences, in the order of the request, and marks what is new", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    await obtainCode(context, client, { scope: "read" }, browser);
    const requestId = await askConsent(context, client, browser, { scope: "email read" });
    expect(await describeConsent(context, requestId, browser.browserId, browser.session)).toMatchObject({
      client: { id: client.id, name: "web-app" },
      redirectUri: "https://app.example/callback",
      scopes: [scopes[2], scopes[0]],
      newScopes: ["email"],
    });
  });

  test("RFC 6749 §4.1.2.1: Cancel is access_denied, with state and issuer, and the request is over", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser, { state: "s" });
    const outcome = await decide(context, requestId, browser, "denied");
    expect(redirectParameters(outcome)).toMatchObject({ error: "access_denied", state: "s", iss: context.issuer });
    expect(await context.stores.requests.find(digest(requestId))).toBeNull();
    expect(await resumeAuthorization(context, requestId, browser)).toMatchObject({ kind: "error-page" });
    expect(await context.stores.consents.find(context.user.id, client.id)).toBeNull();
  });

  test("each decision leaves an audit event without secrets", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    await decide(context, await askConsent(context, client, browser), browser, "denied");
    context.clock.advance(5);
    await decide(context, await askConsent(context, client, browser), browser);
    const event = { userId: context.user.id, applicationId: client.id, details: { scopes: ["read", "write"] } };
    expect(context.stores.auditEvents()).toEqual([
      { type: "authorization.denied", at: epoch, ...event },
      { type: "authorization.approved", at: addSeconds(epoch, 5), ...event },
    ]);
  });
});

describe("RFC 9700 §4.7: a request belongs to the browser that started it", () => {
  test("another browser can neither read, answer nor finish it: 403", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    const other = { ...browser, browserId: randomToken() };
    const refused = { error: "access_denied", status: 403 };
    await expect(describeConsent(context, requestId, other.browserId, other.session)).rejects.toMatchObject(refused);
    await expect(answer(context, requestId, other)).rejects.toMatchObject(refused);
    const outcome = await resumeAuthorization(context, requestId, other);
    expect(outcome).toMatchObject({ kind: "error-page", error: refused });
    await recordAuthentication(context, requestId, other.browserId, other.session);
    expect(await context.stores.requests.find(digest(requestId))).toMatchObject({
      decision: null,
      authenticatedSessionId: null,
    });
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
  });

  test("an approval is not collected by another browser", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const victim = signIn(context);
    const requestId = await askConsent(context, client, victim);
    await answer(context, requestId, victim);
    const outcome = await resumeAuthorization(context, requestId, signIn(context));
    expect(outcome).toMatchObject({ kind: "error-page", error: { status: 403 } });
  });

  test("nor by another session in the same browser: whoever is signed in now is asked", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const first = signIn(context);
    const requestId = await askConsent(context, client, first);
    await answer(context, requestId, first);
    context.stores.saveUser({ id: "bob", username: "bob", disabled: false });
    const second = { ...first, session: { id: randomUUID(), userId: "bob" } };
    expect((await resumeAuthorization(context, requestId, second)).kind).toBe("consent");
  });
});

describe("a request is answered once and completed once", () => {
  test("twice decided: the first decision stays", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    await answer(context, requestId, browser, "denied");
    await expect(answer(context, requestId, browser, "approved")).rejects.toThrow(UntrustedRequestError);
    await expect(describeConsent(context, requestId, browser.browserId, browser.session)).rejects.toThrow(
      /already answered/,
    );
    const outcome = await resumeAuthorization(context, requestId, browser);
    expect(redirectParameters(outcome)).toMatchObject({ error: "access_denied" });
    expect(context.stores.auditEvents()).toHaveLength(1);
  });

  test("of 20 parallel answers one counts", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => answer(context, requestId, browser)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(context.stores.auditEvents()).toHaveLength(1);
  });

  test("resumed after completion: a page, no second code", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
    const outcome = await resumeAuthorization(context, requestId, browser);
    expect(outcome).toMatchObject({ kind: "error-page", error: { status: 400 } });
    await expect(answer(context, requestId, browser)).rejects.toThrow(UntrustedRequestError);
  });

  for (const decision of ["approved", "denied"] as const) {
    test(`of 20 parallel ways back after it was ${decision}, one leads to the client`, async () => {
      const context = buildContext();
      const { client } = registerClient(context);
      const browser = signIn(context);
      const requestId = await askConsent(context, client, browser);
      await answer(context, requestId, browser, decision);
      const ways = Array.from({ length: 20 }, () => resumeAuthorization(context, requestId, browser));
      const kinds = (await Promise.all(ways)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "redirect")).toHaveLength(1);
      expect(kinds.filter((kind) => kind === "error-page")).toHaveLength(19);
    });
  }

  test("an unknown id, an empty one and the digest instead of the id", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    for (const id of [randomToken(), "", digest(requestId)]) {
      expect(await resumeAuthorization(context, id, browser)).toMatchObject({ kind: "error-page" });
      await expect(answer(context, id, browser)).rejects.toThrow(UntrustedRequestError);
    }
  });

  test("it expires, from the very millisecond on, also between decision and way back", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const [decided, undecided] = [
      await askConsent(context, client, browser),
      await askConsent(context, client, browser),
    ];
    context.clock.advance(599.999);
    await answer(context, decided, browser);
    context.clock.advance(0.001);
    expect(await resumeAuthorization(context, decided, browser)).toMatchObject({ kind: "error-page" });
    expect(await resumeAuthorization(context, undecided, browser)).toMatchObject({ kind: "error-page" });
    await expect(answer(context, undecided, browser)).rejects.toThrow(UntrustedRequestError);
  });

  test("an application that was disabled or deleted meanwhile gets nothing", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    await answer(context, requestId, browser);
    context.stores.saveClient({ ...client, disabled: true });
    const outcome = await resumeAuthorization(context, requestId, browser);
    expect(outcome).toMatchObject({ kind: "error-page", error: { error: "unauthorized_client" } });
    context.stores.saveClient({ ...client, clientId: "another one" });
    expect(await resumeAuthorization(context, requestId, browser)).toMatchObject({ kind: "error-page" });
  });
});

describe("consent is remembered per person, application and scopes", () => {
  test("the same or less is not asked again, more is", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    await obtainCode(context, client, { scope: "read write" }, browser);
    for (const scope of ["read write", "write", "write read"]) {
      const outcome = await sendAuthorization(context, client, signIn(context), { scope });
      expect(redirectParameters(outcome)).toHaveProperty("code");
    }
    await askConsent(context, client, browser, { scope: "read email" });
  });

  test("approving less later doesn't take the rest back", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    await obtainCode(context, client, { scope: "read write" }, browser);
    await obtainCode(context, client, { scope: "read", approval_prompt: "force" }, browser);
    const outcome = await sendAuthorization(context, client, browser, { scope: "write" });
    expect(redirectParameters(outcome)).toHaveProperty("code");
  });

  test("not for another person, nor for another application", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const browser = signIn(context);
    await obtainCode(context, one.client, {}, browser);
    context.stores.saveUser({ id: "bob", username: "bob", disabled: false });
    await askConsent(context, one.client, { ...browser, session: { id: randomUUID(), userId: "bob" } });
    await askConsent(context, other.client, browser);
  });

  test.each([{ approval_prompt: "force" }, { prompt: "consent" }])("%j asks always", async (parameters) => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    for (let time = 0; time < 2; time++) {
      const requestId = await askConsent(context, client, browser, parameters);
      expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
    }
  });

  test("an application with skip consent is not asked about", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context), { approval_prompt: "auto" });
    expect(redirectParameters(outcome)).toHaveProperty("code");
    expect(await context.stores.consents.find(context.user.id, client.id)).toBeNull();
  });

  test.each(["http://127.0.0.1/cb", "http://localhost/cb", "com.example.app:/cb"])(
    "RFC 8252 §8.6: a public client at %s is asked about each time",
    async (redirectUri) => {
      const context = buildContext();
      const { client } = registerClient(context, { clientType: "public", redirectUris: [redirectUri] });
      const pkce = { code_challenge: buildPkce().challenge, code_challenge_method: "S256" };
      const browser = signIn(context);
      await obtainCode(context, client, pkce, browser);
      await askConsent(context, client, browser, pkce);
      const silent = await sendAuthorization(context, client, browser, { ...pkce, prompt: "none" });
      expect(redirectParameters(silent)).toMatchObject({ error: "consent_required" });
    },
  );

  test("a public client at https, and a confidential one at loopback, are remembered", async () => {
    const context = buildContext();
    const pkce = { code_challenge: buildPkce().challenge, code_challenge_method: "S256" };
    for (const values of [{ clientType: "public" as const }, { redirectUris: ["http://127.0.0.1/cb"] }]) {
      const { client } = registerClient(context, values);
      const browser = signIn(context);
      await obtainCode(context, client, pkce, browser);
      expect(redirectParameters(await sendAuthorization(context, client, browser, pkce))).toHaveProperty("code");
    }
  });
});

describe("OpenID Connect Core §3.1.2.1: prompt", () => {
  test("none: never a page, login_required, consent_required or a code", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const silent = { prompt: "none", state: "s" };
    const answered = { state: "s", iss: context.issuer };
    const send = async (from: Parameters<typeof sendAuthorization>[2]) =>
      redirectParameters(await sendAuthorization(context, client, from, silent));
    expect(await send(signedOut())).toMatchObject({ error: "login_required", ...answered });
    expect(await send(browser)).toMatchObject({ error: "consent_required", ...answered });
    await obtainCode(context, client, {}, browser);
    expect(await send(browser)).toMatchObject({ code: expect.any(String), ...answered });
  });

  test("none with approval_prompt=force can only be refused", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const outcome = await sendAuthorization(context, client, signIn(context), {
      prompt: "none",
      approval_prompt: "force",
    });
    expect(redirectParameters(outcome)).toMatchObject({ error: "consent_required" });
  });

  test.each(["login", "select_account"])("%s: signed in or not, login for this very request", async (prompt) => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const requestId = pendingId(await sendAuthorization(context, client, browser, { prompt }), "login");
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "login")).toBe(requestId);
    const again = { ...browser, session: { id: randomUUID(), userId: context.user.id } };
    await recordAuthentication(context, requestId, again.browserId, again.session);
    expect((await resumeAuthorization(context, requestId, browser)).kind).toBe("login");
    expect(redirectParameters(await resumeAuthorization(context, requestId, again))).toHaveProperty("code");
  });

  test("login consent: first the one, then the other", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const outcome = await sendAuthorization(context, client, browser, { prompt: "login consent" });
    const requestId = pendingId(outcome, "login");
    await recordAuthentication(context, requestId, browser.browserId, browser.session);
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "consent")).toBe(requestId);
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
  });
});
