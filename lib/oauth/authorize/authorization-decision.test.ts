import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import type { Decision } from "../ports/types";
import { epoch, scopes } from "../testing/defaults";
import {
  askConsent,
  decide,
  obtainCode,
  pendingId,
  redirectParameters,
  type SignedInBrowser,
  sendAuthorization,
  signedOut,
  signIn,
} from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";
import { UntrustedRequestError } from "../wire/errors";
import { decideAuthorization, describeConsent, recordAuthentication } from "./authorization-decision";
import { resumeAuthorization } from "./authorize";

function answer(context: TestContext, requestId: string, browser: SignedInBrowser, decision: Decision = "approved") {
  return decideAuthorization(context, { requestId, browserId: browser.browserId, session: browser.session, decision });
}

describe("login and consent always return to the dispatcher", () => {
  test("signed out, login, consent, code: one request all the way", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const anonymous = signedOut();
    const requestId = pendingId(await sendAuthorization(context, client, anonymous, { state: "s" }), "login");
    expect(pendingId(await resumeAuthorization(context, requestId, anonymous), "login")).toBe(requestId);
    const browser = {
      ...anonymous,
      session: { id: randomUUID(), userId: context.user.id, authenticatedAt: epoch, amr: ["pwd"] },
    };
    await recordAuthentication(context, requestId, browser.browserId, browser.session.id);
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "consent")).toBe(requestId);
    const parameters = redirectParameters(await decide(context, requestId, browser));
    expect(parameters).toEqual({ code: parameters.code, state: "s", iss: context.issuer });
  });

  test("the consent page uses sentences, in the order of the request, and marks what is new", async () => {
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

  test("RFC 6749 §3.3: a scope that the client may no longer request isn't granted to a pending request", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser, { scope: "email read" });
    await answer(context, requestId, browser);
    context.stores.saveClient({ ...client, allowedScopes: ["read"] });
    const outcome = await resumeAuthorization(context, requestId, browser);
    expect(redirectParameters(outcome)).toMatchObject({ error: "invalid_scope" });
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
  test("another browser can neither read, answer nor complete it: 403", async () => {
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
    await recordAuthentication(context, requestId, other.browserId, other.session.id);
    expect(await context.stores.requests.find(digest(requestId))).toMatchObject({
      decision: null,
      authenticatedSessionId: null,
    });
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
  });

  test("an approval can't be collected by another browser", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const victim = signIn(context);
    const requestId = await askConsent(context, client, victim);
    await answer(context, requestId, victim);
    const outcome = await resumeAuthorization(context, requestId, signIn(context));
    expect(outcome).toMatchObject({ kind: "error-page", error: { status: 403 } });
  });

  test("nor by another session in the same browser: its user has to start again", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const first = signIn(context);
    const requestId = await askConsent(context, client, first);
    await answer(context, requestId, first);
    context.stores.saveUser({ id: "bob", username: "bob", disabled: false });
    const second = { ...first, session: { id: randomUUID(), userId: "bob", authenticatedAt: epoch, amr: ["pwd"] } };
    expect((await resumeAuthorization(context, requestId, second)).kind).toBe("error-page");
  });
});

describe("what was taken from the client while the user was deciding counts", () => {
  test.each([
    [
      "its redirect URI: a page, as nobody vouches for the address any more",
      { redirectUris: ["https://other.example/cb"] },
      "error-page",
    ],
    ["the grant: an error for the client", { grantTypes: ["client_credentials"] }, "redirect"],
    ["the client itself, disabled", { disabled: true }, "error-page"],
  ])("%s", async (_name, change, kind) => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    await answer(context, requestId, browser);
    context.stores.saveClient({ ...client, ...change });
    const outcome = await resumeAuthorization(context, requestId, browser);
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === "redirect") expect(outcome.location).toContain("error=unauthorized_client");
  });
});

describe("a request is answered once and completed once", () => {
  test("decided twice: the first decision stays", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    await answer(context, requestId, browser, "denied");
    await expect(answer(context, requestId, browser, "approved")).rejects.toThrow(UntrustedRequestError);
    await expect(describeConsent(context, requestId, browser.browserId, browser.session)).rejects.toThrow(
      /request_decided/,
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

  test("an unknown ID, an empty one and the digest instead of the ID", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser);
    for (const id of [randomToken(), "", digest(requestId)]) {
      expect(await resumeAuthorization(context, id, browser)).toMatchObject({ kind: "error-page" });
      await expect(answer(context, id, browser)).rejects.toThrow(UntrustedRequestError);
    }
  });

  test("it expires, to the exact millisecond, also between decision and completion", async () => {
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
