import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsOfScopes, userClaims } from "../openid/claims";
import type { Client } from "../ports/client";
import { deviceCodeGrant } from "../ports/types";
import { buildClaimsContext, type Learned, learn, redeem } from "../testing/claims-flow";
import { answer, pollRequest, startDevice } from "../testing/device-flow";
import {
  askConsent,
  decide,
  formEncode,
  obtainCode,
  pendingId,
  redirectParameters,
  refreshRequest,
  sendAuthorization,
  sendTokenRequest,
  signIn,
  type Wire,
} from "../testing/flow";
import { follow, obtainRequestUri } from "../testing/pushing";
import { createClientKeys, signRequestObject } from "../testing/request-object";
import { registerClient } from "../testing/test-context";
import { describeConsent } from "./authorization-decision";
import { authorize } from "./authorize";

const wanted = {
  userinfo: { email: null, phone_number: null, address: { essential: true }, birthdate: { value: "1990-03-22" } },
  id_token: { email: { essential: true } },
};
const claims = JSON.stringify(wanted);

function arrange(values: Partial<Client> = {}) {
  const context = buildClaimsContext();
  const { client, secret } = registerClient(context, values);
  const browser = signIn(context);
  const send = (more: Wire) => sendAuthorization(context, client, browser, { scope: "openid", ...more });
  return { context, client, secret, browser, send, learn: (code: string) => redeem(context, client, secret, code) };
}

/** The claims about the user in what a client has learned. */
function listReleased({ idToken, userinfo }: Pick<Learned, "idToken" | "userinfo">): string[] {
  return [...new Set([...Object.keys(idToken), ...Object.keys(userinfo)])]
    .filter((name) => userClaims.some((claim) => claim === name))
    .toSorted();
}

describe("OpenID Connect Core §3.1.2.4, §5.5, §17.1: claims requested by name need consent like their scopes", () => {
  test("what the client may not have is dropped without an error, and isn't asked about", async () => {
    const { context, client, browser, send, learn } = arrange({ allowedScopes: ["openid", "read"] });
    await obtainCode(context, client, { scope: "openid" }, browser);
    const { code = "" } = redirectParameters(await send({ prompt: "none", claims }));
    expect(listReleased(await learn(code))).toEqual([]);
  });

  test("a scope that only some applications may have covers its claims only for them", async () => {
    const context = buildClaimsContext(["openid", "email"], ["email"]);
    for (const [allowedScopes, released] of [
      [[], []],
      [["openid", "email"], ["email"]],
    ] as const) {
      const { client, secret } = registerClient(context, { allowedScopes });
      const code = await obtainCode(context, client, { scope: "openid", claims });
      expect(listReleased(await redeem(context, client, secret, code))).toEqual(released);
    }
  });

  test("consent to the requested scopes doesn't cover them", async () => {
    const { context, client, browser, send } = arrange();
    await obtainCode(context, client, { scope: "openid" }, browser);
    expect(redirectParameters(await send({ prompt: "none", claims }))).toMatchObject({ error: "consent_required" });
    pendingId(await send({ claims }), "consent");
  });

  test("the prompt names the scopes that cover them, and the answer is remembered as these", async () => {
    const { context, client, browser, send } = arrange();
    await obtainCode(context, client, { scope: "openid profile" }, browser);
    const requestId = await askConsent(context, client, browser, { scope: "openid", claims });
    const prompt = await describeConsent(context, requestId, browser.browserId, browser.session);
    expect(prompt.scopes.map(({ name }) => name)).toEqual(["openid", "profile", "email", "address", "phone"]);
    expect(prompt.newScopes).toEqual(["email", "address", "phone"]);
    await decide(context, requestId, browser);
    const consent = await context.stores.consents.find(context.user.id, client.id);
    expect(consent?.toSorted()).toEqual(["address", "email", "openid", "phone", "profile"]);
    expect(context.stores.auditEvents().at(-1)?.details).toMatchObject({ scopes: expect.arrayContaining(["email"]) });
    expect(redirectParameters(await send({ prompt: "none", claims }))).toHaveProperty("code");
  });

  test("only the named claims are released, the token's scope doesn't grow, and it stays so at refresh", async () => {
    const { context, client, secret, learn: redeemed } = arrange();
    const code = await obtainCode(context, client, { scope: "openid", claims });
    const first = await redeemed(code);
    const refresh = refreshRequest(client, secret, String(first.response.body.refresh_token));
    for (const { response, idToken, userinfo } of [
      first,
      await learn(context, await sendTokenRequest(context, refresh)),
    ]) {
      expect(response.body.scope).toBe("openid");
      expect(listReleased({ idToken, userinfo: {} })).toEqual(["email"]);
      expect(listReleased({ idToken: {}, userinfo })).toEqual(["address", "birthdate", "email", "phone_number"]);
    }
  });

  test("an application that skips consent still gets only what it may have", async () => {
    const { send, learn } = arrange({ skipConsent: true, allowedScopes: ["openid", "email"] });
    const { code = "" } = redirectParameters(await send({ prompt: "none", claims }));
    expect(listReleased(await learn(code))).toEqual(["email"]);
  });

  test("what the client may no longer have at the time of the answer is dropped", async () => {
    const { context, client, browser, learn } = arrange();
    const requestId = await askConsent(context, client, browser, { scope: "openid", claims });
    context.stores.saveClient({ ...client, allowedScopes: ["openid", "email"] });
    const { code = "" } = redirectParameters(await decide(context, requestId, browser));
    expect(listReleased(await learn(code))).toEqual(["email"]);
  });

  test("without a scope for it, a claim isn't available", async () => {
    // Beside `email`, which every test context knows.
    const context = buildClaimsContext(["openid", "profile"]);
    const { client, secret } = registerClient(context, { skipConsent: true });
    const code = await obtainCode(context, client, { scope: "openid", claims });
    expect(listReleased(await redeem(context, client, secret, code))).toEqual(["birthdate", "email"]);
  });

  test.each([
    [
      "pushed (RFC 9126)",
      async ({ context, client, secret, browser }: ReturnType<typeof arrange>) =>
        follow(context, client, await obtainRequestUri(context, client, secret, { scope: "openid", claims }), browser),
    ],
    [
      "in a request object (RFC 9101)",
      async ({ context, client, browser }: ReturnType<typeof arrange>) => {
        const keys = await createClientKeys();
        context.stores.saveClient({ ...client, jwks: keys.jwks });
        const request = await signRequestObject(context, client, keys, { scope: "openid", claims: wanted });
        return authorize(context, formEncode({ client_id: client.clientId, request }), browser);
      },
    ],
  ])("%s as in the query", async (_way, ask) => {
    const arranged = arrange();
    const { context, client, browser, learn } = arranged;
    await obtainCode(context, client, { scope: "openid" }, browser);
    const { code = "" } = redirectParameters(await decide(context, pendingId(await ask(arranged), "consent"), browser));
    expect(listReleased(await learn(code))).toEqual(["address", "birthdate", "email", "phone_number"]);
  });

  test("RFC 8628 has no claims parameter: it has no effect for a device", async () => {
    const { context, client } = arrange({ clientType: "public", secrets: [], grantTypes: [deviceCodeGrant] });
    const { deviceCode, userCode } = await startDevice(context, client, { scope: "openid", claims });
    await answer(context, userCode);
    const response = await sendTokenRequest(context, pollRequest(client, deviceCode));
    expect(listReleased(await learn(context, response))).toEqual([]);
  });
});

test("property: released claims are claims of consented scopes, for any client, consent and request", async () => {
  const personal = Object.keys(claimsOfScopes);
  const requested = fc.dictionary(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...userClaims) },
      fc.constantFrom("acr", "x", "toString", "__proto__"),
    ),
    fc.constantFrom(null, { essential: true }, { value: "x" }, { values: ["x", "y"] }),
    { maxKeys: 6 },
  );
  const situation = fc.record({
    known: fc.subarray(personal),
    restricted: fc.subarray(personal),
    allowed: fc.option(fc.subarray(personal), { nil: null }),
    asked: fc.subarray(personal),
    before: fc.option(fc.subarray(personal), { nil: null }),
    skipConsent: fc.boolean(),
    silent: fc.boolean(),
    signed: fc.boolean(),
    claims: fc.record({ userinfo: requested, id_token: requested }, { requiredKeys: [] }),
  });
  const property = fc.asyncProperty(situation, async (given) => {
    const known = [...new Set([...given.known, "email"])];
    const context = buildClaimsContext(["openid", ...known], given.restricted);
    const { client, secret } = registerClient(context, {
      skipConsent: given.skipConsent,
      allowedScopes: given.allowed === null ? [] : ["openid", ...given.allowed],
      idTokenSignedResponseAlg: "ES256",
      userinfoSignedResponseAlg: given.signed ? "ES256" : null,
    });
    const permitted = known.filter((name) => given.allowed?.includes(name) ?? !given.restricted.includes(name));
    const scopeOf = (names: string[]) => ["openid", ...names.filter((name) => permitted.includes(name))].join(" ");
    const browser = signIn(context);
    if (given.before) await obtainCode(context, client, { scope: scopeOf(given.before), prompt: "consent" }, browser);
    const asked: Wire = { scope: scopeOf(given.asked), claims: JSON.stringify(given.claims) };
    const outcome = await sendAuthorization(
      context,
      client,
      browser,
      given.silent ? { ...asked, prompt: "none" } : asked,
    );
    const end = outcome.kind === "consent" ? await decide(context, outcome.requestId, browser) : outcome;
    const { code } = redirectParameters(end);
    if (code === undefined) return;
    const consent = await context.stores.consents.find(context.user.id, client.id);
    const covered = given.skipConsent ? permitted : (consent ?? []);
    const learned = await redeem(context, client, secret, code);
    const permittedClaims = permitted.flatMap((name) => claimsOfScopes[name] ?? []);
    const named = Object.keys({ ...given.claims.userinfo, ...given.claims.id_token });
    expect(learned.response.body.scope).toBe(asked.scope);
    const released = listReleased(learned);
    expect(covered.flatMap((name) => claimsOfScopes[name] ?? [])).toEqual(expect.arrayContaining(released));
    // Nothing that may be had is withheld either.
    expect(released).toEqual(expect.arrayContaining(permittedClaims.filter((name) => named.includes(name))));
  });
  await fc.assert(property, { numRuns: 150 });
});
