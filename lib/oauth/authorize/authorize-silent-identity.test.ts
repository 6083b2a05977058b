import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signIdToken } from "../openid/id-token";
import {
  decide,
  obtainCode,
  pendingId,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
  type Wire,
} from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import { recordAuthentication } from "./authorization-decision";
import { resumeAuthorization } from "./authorize";

/** A client that knows alice and bob by ID tokens from elsewhere, and the browser where alice is signed in. */
async function arrange() {
  const context = buildContext();
  context.stores.saveScope({ name: "openid", description: "Sign you in", isDefault: false, isRestricted: false });
  const { client } = registerClient(context);
  const browser = signIn(context);
  const bob = randomUUID();
  context.stores.saveUser({ id: bob, username: "bob", disabled: false });
  const hint = (userId: string) =>
    signIdToken(
      context,
      client,
      {
        userId,
        sessionId: null,
        nonce: null,
        claims: null,
        authenticatedAt: null,
        amr: [],
        scopes: [],
        accessToken: "token",
      },
      context.now(),
    );
  const bySubject = (value: string, member = "id_token") => JSON.stringify({ [member]: { sub: { value } } });
  // What each of these asks has another answer for alice than for bob, or for a fresh sign-in than for an old one.
  const probes: [about: string, Wire][] = [
    ["alice by sub", { claims: bySubject(context.user.id) }],
    ["bob by sub", { claims: bySubject(bob) }],
    ["bob by sub in userinfo", { claims: bySubject(bob, "userinfo") }],
    ["nobody by sub", { claims: bySubject("nobody") }],
    ["alice by hint", { id_token_hint: await hint(context.user.id) }],
    ["bob by hint", { id_token_hint: await hint(bob) }],
    ["a sign-in long ago", { max_age: "3600" }],
    ["a sign-in just now", { max_age: "0" }],
    ["a name", { login_hint: "bob" }],
    ["a class", { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ["1"] } } }) }],
  ];
  const ask = async (more: Wire, from: Parameters<typeof sendAuthorization>[2] = browser) =>
    redirectParameters(await sendAuthorization(context, client, from, { scope: "openid", prompt: "none", ...more }));
  return { context, client, browser, bob, probes, ask, bySubject };
}

describe("OpenID Connect Core §3.1.2.6, §17.1: prompt=none doesn't reveal who is signed in", () => {
  test("without consent every request has the same answer", async () => {
    const { probes, ask } = await arrange();
    for (const [about, parameters] of probes) {
      const { error } = await ask(parameters);
      expect({ about, error }).toEqual({ about, error: "consent_required" });
    }
  });

  test("even if nobody is signed in", async () => {
    const { probes, ask } = await arrange();
    for (const [about, parameters] of probes) {
      const { error } = await ask(parameters, signedOut());
      expect({ about, error }).toEqual({ about, error: "login_required" });
    }
  });

  test("consent for less than requested doesn't count", async () => {
    const { context, client, browser, probes, ask } = await arrange();
    await obtainCode(context, client, { scope: "openid" }, browser);
    for (const [about, parameters] of probes) {
      const { error } = await ask({ ...parameters, scope: "openid read" });
      expect({ about, error }).toEqual({ about, error: "consent_required" });
    }
  });

  test("a client that registered itself: nor does consent given in another session", async () => {
    const { context, client, browser, probes, ask } = await arrange();
    await obtainCode(context, client, { scope: "openid" }, browser);
    context.stores.saveClient({ ...client, registeredDynamically: true });
    for (const [about, parameters] of probes) {
      const { error } = await ask(parameters, signIn(context));
      expect({ about, error }).toEqual({ about, error: "consent_required" });
    }
  });

  test("with consent: a code for alice, login_required for anyone else and for a sign-in that is too old", async () => {
    const { context, client, browser, probes, ask } = await arrange();
    await obtainCode(context, client, { scope: "openid" }, browser);
    const expected = new Map([
      ["bob by sub", "login_required"],
      ["bob by sub in userinfo", "login_required"],
      ["nobody by sub", "login_required"],
      ["bob by hint", "login_required"],
      ["a sign-in just now", "login_required"],
    ]);
    for (const [about, parameters] of probes) {
      const { error } = await ask(parameters);
      expect({ about, error }).toEqual({ about, error: expected.get(about) });
    }
  });
});

test("with pages: another user who signs in is asked for consent before the client learns about it", async () => {
  const { context, client, browser, bob, bySubject } = await arrange();
  const outcome = await sendAuthorization(context, client, browser, { scope: "openid", claims: bySubject(bob) });
  const requestId = pendingId(outcome, "login");
  const again = { ...browser, session: { ...browser.session, id: randomUUID() } };
  await recordAuthentication(context, requestId, browser.browserId, again.session.id);
  expect(pendingId(await resumeAuthorization(context, requestId, again), "consent")).toBe(requestId);
  expect(redirectParameters(await decide(context, requestId, again))).toMatchObject({ error: "login_required" });
});
