import { randomUUID } from "node:crypto";
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { signJwt } from "../keys/sign-jwt";
import { signIdToken } from "../openid/id-token";
import type { Client } from "../ports/client";
import { pendingId, redirectParameters, sendAuthorization, signedOut, signIn, type Wire } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";
import { recordAuthentication } from "./authorization-decision";
import type { AuthorizeOutcome } from "./authorization-outcome";
import { resumeAuthorization } from "./authorize";

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  context.stores.saveScope({ name: "openid", description: "Sign you in", isDefault: false, isRestricted: false });
  const { client } = registerClient(context, { skipConsent: true, ...values });
  const browser = signIn(context);
  const send = (parameters: Wire, from: Parameters<typeof sendAuthorization>[2] = browser) =>
    sendAuthorization(context, client, from, { scope: "openid", ...parameters });
  return { context, client, browser, send };
}

/** An ID token of the client about a user. */
function createIdToken(context: TestContext, client: Client, userId: string): Promise<string> {
  const authentication = {
    userId,
    sessionId: null,
    nonce: null,
    claims: null,
    authenticatedAt: null,
    amr: [],
    scopes: [],
  };
  return signIdToken(context, client, { ...authentication, accessToken: "token" }, context.now());
}

const silent = { prompt: "none" };

describe("OpenID Connect Core §3.1.2.1: id_token_hint", () => {
  test("for the signed-in user: a code, even long after it has expired", async () => {
    for (const subjectType of ["public", "pairwise"] as const) {
      const { context, client, browser, send } = arrange({ subjectType });
      const id_token_hint = await createIdToken(context, client, browser.session.userId);
      context.clock.advance(86_400);
      expect(redirectParameters(await send({ ...silent, id_token_hint }))).toHaveProperty("code");
    }
  });

  test("for another user: login_required if silent, else the sign-in page, and no code for anyone else", async () => {
    const { context, client, browser, send } = arrange();
    const bob = { id: randomUUID(), username: "bob" };
    context.stores.saveUser({ ...bob, disabled: false });
    const id_token_hint = await createIdToken(context, client, bob.id);
    expect(redirectParameters(await send({ ...silent, id_token_hint }))).toMatchObject({ error: "login_required" });
    const requestId = pendingId(await send({ id_token_hint }), "login");
    const again = { ...browser, session: { ...browser.session, id: randomUUID() } };
    await recordAuthentication(context, requestId, browser.browserId, again.session.id);
    const answer = redirectParameters(await resumeAuthorization(context, requestId, again));
    expect(answer).toMatchObject({ error: "login_required" });
    const asBob = { ...again, session: { ...again.session, userId: bob.id } };
    expect(redirectParameters(await resumeAuthorization(context, requestId, asBob))).toHaveProperty("code");
  });

  test("what isn't an ID token of this client is refused", async () => {
    const { context, client, browser, send } = arrange();
    const other = registerClient(context).client;
    const payload = { iss: context.issuer, aud: client.clientId, sub: browser.session.userId };
    const good = await createIdToken(context, client, browser.session.userId);
    const hints = [
      await createIdToken(context, other, browser.session.userId),
      await signJwt(context, { typ: "at+jwt", payload }),
      await signJwt(context, { typ: "logout+jwt", payload }),
      await signJwt(context, { typ: "JWT", payload: { ...payload, iss: "https://other.example" } }),
      good.replace(/\.[^.]+$/, "."),
      good.slice(0, -5),
      "x",
    ];
    for (const id_token_hint of hints) {
      expect(redirectParameters(await send({ ...silent, id_token_hint }))).toMatchObject({ error: "invalid_request" });
    }
  });
});

describe("OpenID Connect Core §5.5: claims", () => {
  const essentialAcr = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

  test("a sub names the user; any other is asked to sign in", async () => {
    const { browser, send } = arrange();
    const ask = async (value: string) =>
      redirectParameters(await send({ ...silent, claims: JSON.stringify({ id_token: { sub: { value } } }) }));
    expect(await ask(browser.session.userId)).toHaveProperty("code");
    expect(await ask(randomUUID())).toMatchObject({ error: "login_required" });
    expect(await ask("nobody")).toMatchObject({ error: "login_required" });
  });

  test("an essential acr is a condition, a voluntary one is not", async () => {
    const { send } = arrange();
    expect(redirectParameters(await send({ claims: essentialAcr("1", "2") }))).toHaveProperty("code");
    const refused = redirectParameters(await send({ claims: essentialAcr("urn:gold") }));
    expect(refused).toMatchObject({ error: "unmet_authentication_requirements" });
    const wish = JSON.stringify({ id_token: { acr: { values: ["urn:gold"] } } });
    expect(redirectParameters(await send({ claims: wish, acr_values: "urn:gold 1" }))).toHaveProperty("code");
  });

  test("a session below the essential acr signs in for it, once", async () => {
    const { context, browser, send } = arrange();
    // Nothing is known of how this person proved who they are.
    const before = { ...browser, session: { ...browser.session, amr: [] } };
    const claims = essentialAcr("1");
    expect(redirectParameters(await send({ ...silent, claims }, before))).toMatchObject({ error: "login_required" });
    const requestId = pendingId(await send({ claims }, before), "login");
    expect((await resumeAuthorization(context, requestId, before)).kind).toBe("login");
    expect(redirectParameters(await resumeAuthorization(context, requestId, browser))).toHaveProperty("code");

    const again = pendingId(await send({ claims }, before), "login");
    await recordAuthentication(context, again, before.browserId, before.session.id);
    const unmet = redirectParameters(await resumeAuthorization(context, again, before));
    expect(unmet).toMatchObject({ error: "unmet_authentication_requirements" });
  });

  test.each([
    "{",
    "[]",
    "1",
    '{"userinfo":1}',
    '{"id_token":{"a":"b"}}',
    '{"userinfo":{"a\\u0000":null}}',
    '{"userinfo":{"a":{"value":"\\ud800"}}}',
  ])("%s is malformed", async (claims) => {
    const { send } = arrange();
    expect(redirectParameters(await send({ claims }))).toMatchObject({ error: "invalid_request" });
  });

  test("nonce and claims reach the code", async () => {
    const { context, send } = arrange();
    context.stores.saveScope({ name: "profile", description: "See you", isDefault: false, isRestricted: false });
    const claims = { userinfo: { email: { essential: true }, picture: null } };
    const { code = "" } = redirectParameters(await send({ nonce: "n-0S6_WzA2Mj", claims: JSON.stringify(claims) }));
    expect(await context.stores.codes.find(digest(code))).toMatchObject({ nonce: "n-0S6_WzA2Mj", claims });
  });
});

test("default_max_age applies if max_age is not sent", async () => {
  const { context, send } = arrange({ defaultMaxAge: 60 });
  context.clock.advance(61);
  expect(redirectParameters(await send(silent))).toMatchObject({ error: "login_required" });
  expect(redirectParameters(await send({ ...silent, max_age: "3600" }))).toHaveProperty("code");
});

test.each([{ display: "popup" }, { display: "hologram" }, { ui_locales: "se xx-invalid" }, { claims_locales: "de" }])(
  "%j never causes an error",
  async (wish) => {
    expect(redirectParameters(await arrange().send(wish))).toHaveProperty("code");
  },
);

describe("JARM §2: the response as a JWT", () => {
  /** The one parameter that is there, verified. */
  async function readJwt(context: TestContext, fields: Record<string, string>) {
    expect(Object.keys(fields)).toEqual(["response"]);
    const { payload } = await compactVerify(
      fields.response ?? "",
      createLocalJWKSet({ keys: await context.keys.publicKeys() }),
    );
    return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  }

  function fieldsOf(outcome: AuthorizeOutcome): Record<string, string> {
    if (outcome.kind === "form-post") return outcome.fields;
    if (outcome.kind !== "redirect") throw new Error(`Expected an answer: ${JSON.stringify(outcome)}`);
    const { search, hash } = new URL(outcome.location);
    return Object.fromEntries(new URLSearchParams(search || hash.slice(1)));
  }

  test.each([
    ["query.jwt", /\?response=/],
    ["jwt", /\?response=/],
    ["fragment.jwt", /#response=/],
    ["form_post.jwt", null],
  ])("%s, codes and errors", async (response_mode, place) => {
    const { context, client, send } = arrange({ authorizationSignedResponseAlg: "PS256" });
    const asked = { ...silent, response_mode, state: "s" };
    const [granted, refused] = [await send(asked), await send(asked, signedOut())];
    for (const outcome of [granted, refused]) {
      if (place) expect(outcome).toMatchObject({ kind: "redirect", location: expect.stringMatching(place) });
      else expect(outcome).toMatchObject({ kind: "form-post", action: client.redirectUris[0] });
      expect(decodeProtectedHeader(fieldsOf(outcome).response ?? "")).toMatchObject({ alg: "PS256" });
    }
    const common = { iss: context.issuer, aud: client.clientId, state: "s", exp: expect.any(Number) };
    expect(await readJwt(context, fieldsOf(granted))).toEqual({ ...common, code: expect.any(String) });
    expect(await readJwt(context, fieldsOf(refused))).toMatchObject({ ...common, error: "login_required" });
  });
});

describe("silent renewal", () => {
  test("only the answer to prompt=none may be framed, and by the origin that it goes to", async () => {
    const { send } = arrange();
    for (const from of [undefined, signedOut()]) {
      expect(await send(silent, from)).toMatchObject({ frameOrigin: "https://app.example" });
    }
    expect(await send({})).toMatchObject({ frameOrigin: null });
    expect(await send({ prompt: "none login" })).toMatchObject({ frameOrigin: null });
  });

  test("an app's own scheme is not an origin", async () => {
    const { send } = arrange({ redirectUris: ["com.example.app:/cb"] });
    expect(await send(silent)).toMatchObject({ kind: "redirect", frameOrigin: null });
  });
});

test("OpenID Connect Session Management §2: session_state only with openid", async () => {
  const { browser, send } = arrange();
  const watched = { ...browser, browserState: "state" };
  expect(redirectParameters(await send({}, watched)).session_state).toMatch(/^[\w-]{43}\.[\w-]{22}$/);
  expect(redirectParameters(await send({ scope: "read" }, watched))).not.toHaveProperty("session_state");
});
