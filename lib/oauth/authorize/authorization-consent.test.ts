import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { epoch } from "../testing/defaults";
import {
  askConsent,
  buildPkce,
  decide,
  obtainCode,
  pendingId,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
} from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import { recordAuthentication } from "./authorization-decision";
import { resumeAuthorization } from "./authorize";

describe("consent is remembered per user, application and scopes", () => {
  test("the same or less isn't asked again, more is", async () => {
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

  test("approving less later doesn't revoke the rest", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    await obtainCode(context, client, { scope: "read write" }, browser);
    await obtainCode(context, client, { scope: "read", approval_prompt: "force" }, browser);
    const outcome = await sendAuthorization(context, client, browser, { scope: "write" });
    expect(redirectParameters(outcome)).toHaveProperty("code");
  });

  test("not for another user, nor for another application", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const browser = signIn(context);
    await obtainCode(context, one.client, {}, browser);
    context.stores.saveUser({ id: "bob", username: "bob", disabled: false });
    await askConsent(context, one.client, {
      ...browser,
      session: { id: randomUUID(), userId: "bob", authenticatedAt: epoch, amr: ["pwd"] },
    });
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

  test("an application with skip consent isn't asked about", async () => {
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
  test("none: never a page, only login_required, consent_required or a code", async () => {
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
    expect(redirectParameters(outcome)).toMatchObject({ error: "interaction_required" });
  });

  test.each(["login", "select_account", "create"])("%s: signed in or not, sign-in for this request", async (prompt) => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const requestId = pendingId(await sendAuthorization(context, client, browser, { prompt }), "login");
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "login")).toBe(requestId);
    const again = {
      ...browser,
      session: { id: randomUUID(), userId: context.user.id, authenticatedAt: epoch, amr: ["pwd"] },
    };
    await recordAuthentication(context, requestId, again.browserId, again.session.id);
    expect((await resumeAuthorization(context, requestId, browser)).kind).toBe("login");
    expect(redirectParameters(await resumeAuthorization(context, requestId, again))).toHaveProperty("code");
  });

  test("login consent: first one, then the other", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const browser = signIn(context);
    const outcome = await sendAuthorization(context, client, browser, { prompt: "login consent" });
    const requestId = pendingId(outcome, "login");
    await recordAuthentication(context, requestId, browser.browserId, browser.session.id);
    expect(pendingId(await resumeAuthorization(context, requestId, browser), "consent")).toBe(requestId);
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
  });
});
