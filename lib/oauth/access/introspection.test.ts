import { beforeAll, describe, expect, test } from "vitest";
import { dpopNonce } from "../client/dpop";
import { buildAccessToken, buildEvent } from "../testing/builders";
import { createDpopKey, createProof, type DpopKey } from "../testing/dpop-proof";
import { basic, obtainTokens } from "../testing/flow";
import { introspect, obtainOwnToken, registerInspector, sendIntrospection } from "../testing/introspect";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";

const inactive = { active: false };
const grantTypes = ["authorization_code", "refresh_token", "client_credentials"];

async function arrange() {
  const context = buildContext();
  const owner = registerClient(context, { grantTypes });
  const tokens = await obtainTokens(context, owner.client, owner.secret);
  return { context, owner, tokens };
}

/** A token of `owner` that is restricted to these APIs, and applications that serve some of them. */
async function arrangeAudience() {
  const { context, owner } = await arrange();
  const [one, both, neither] = [registerClient(context), registerClient(context), registerClient(context)];
  const files = registerApi(context, { scopes: ["read"], resourceServerIds: [one.client.id, both.client.id] });
  const mail = registerApi(context, { scopes: ["write"], resourceServerIds: [both.client.id] });
  const resource = [files.identifier, mail.identifier];
  const forBoth = await obtainOwnToken(context, owner, { resource });
  const forFiles = await obtainOwnToken(context, owner, { resource: files.identifier });
  return { context, owner, one, both, neither, files, mail, forBoth, forFiles };
}

async function arrangeWithTokens() {
  const arranged = await arrangeAudience();
  const { context, owner } = arranged;
  return { ...arranged, tokens: await obtainTokens(context, owner.client, owner.secret) };
}

describe("RFC 7662 §2.1: who may ask", () => {
  test("case 99: without credentials, with wrong ones, and as a public client: 401 with a challenge", async () => {
    const { context, owner, tokens } = await arrange();
    const token = tokens.accessToken;
    const browser = registerClient(context, { clientType: "public" });
    const attempts: [Record<string, string>, string | null][] = [
      [{}, null],
      [{ client_id: owner.client.clientId }, null],
      [{ client_id: owner.client.clientId, client_secret: "wrong" }, null],
      [{}, basic(owner.client.clientId, "wrong")],
      [{}, basic("nobody", owner.secret)],
      [{ client_id: browser.client.clientId }, null],
      [{}, basic(browser.client.clientId, "")],
    ];
    for (const [parameters, authorization] of attempts) {
      const answer = await sendIntrospection(context, { token, ...parameters }, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(answer.headers).toMatchObject({
        "WWW-Authenticate": 'Basic realm="Latchkey", charset="UTF-8"',
        "Cache-Control": "no-store",
      });
    }
  });

  test("attack 37: a disabled client learns nothing more", async () => {
    const { context, owner, tokens } = await arrange();
    context.stores.saveClient({ ...owner.client, disabled: true });
    expect(await introspect(context, owner, tokens.accessToken)).toMatchObject({ status: 401 });
  });

  test.each([{}, { token: "" }])("without a token it is an invalid_request: %j", async (parameters) => {
    const { context, owner } = await arrange();
    const authorization = basic(owner.client.clientId, owner.secret);
    const answer = await sendIntrospection(context, parameters, { authorization });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  test("no script may read the answer, whatever origins the client has", async () => {
    const { context, owner, tokens } = await arrange();
    const origin = "https://app.example";
    context.stores.saveClient({ ...owner.client, allowedOrigins: [origin] });
    const answer = await introspect(context, owner, tokens.accessToken, { origin });
    expect(answer.body).toMatchObject({ active: true });
    expect(Object.keys(answer.headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
  });
});

describe("RFC 7662 §2.1: by an access token with the scope introspection", () => {
  test("case 100: it shows access tokens for no particular API, as its client's credentials do", async () => {
    const { context, owner, tokens } = await arrange();
    const inspector = registerInspector(context);
    const authorization = `Bearer ${await obtainOwnToken(context, inspector, { scope: "introspection" })}`;
    const mail = registerApi(context, { scopes: ["write"] });
    const forMail = await obtainOwnToken(context, owner, { resource: mail.identifier });
    const ways = [
      (token: string) => sendIntrospection(context, { token }, { authorization }),
      (token: string) => introspect(context, inspector, token),
    ];
    for (const ask of ways) {
      expect((await ask(tokens.accessToken)).body).toMatchObject({ active: true, client_id: owner.client.clientId });
      for (const token of [tokens.refreshToken, forMail, randomToken()]) {
        expect((await ask(token)).body).toEqual(inactive);
      }
    }
  });

  test("case 100: without the scope it is a 403 that names the scope", async () => {
    const { context, tokens } = await arrange();
    const bearer = await obtainOwnToken(context, registerInspector(context), { scope: "read" });
    const authorization = `Bearer ${bearer}`;
    const answer = await sendIntrospection(context, { token: tokens.accessToken }, { authorization });
    expect(answer).toMatchObject({ status: 403, body: { error: "insufficient_scope" } });
    expect(answer.headers["WWW-Authenticate"]).toMatch(
      /^Bearer realm="Latchkey", error="insufficient_scope".*, scope="introspection"$/,
    );
  });

  test("unknown, expired and malformed tokens are 401 or 400 with a Bearer challenge", async () => {
    const { context, tokens } = await arrange();
    const inspector = registerInspector(context);
    const expired = await obtainOwnToken(context, inspector, { scope: "introspection" });
    context.clock.advance(36_000);
    for (const [bearer, status, error] of [
      ["unknown", 401, "invalid_token"],
      [expired, 401, "invalid_token"],
      [tokens.refreshToken, 401, "invalid_token"],
      ["a b", 400, "invalid_request"],
      ["", 400, "invalid_request"],
    ] as const) {
      const answer = await sendIntrospection(context, { token: "x" }, { authorization: `Bearer ${bearer}` });
      expect(answer).toMatchObject({ status, body: { error } });
      expect(answer.headers["WWW-Authenticate"]).toMatch(new RegExp(`Bearer realm="Latchkey", error="${error}"`));
    }
  });

  test("a token for an API isn't accepted at this endpoint", async () => {
    const { context, tokens } = await arrange();
    const inspector = registerInspector(context);
    const { identifier } = registerApi(context, { scopes: ["introspection"] });
    const bearer = await obtainOwnToken(context, inspector, { scope: "introspection", resource: identifier });
    const authorization = `Bearer ${bearer}`;
    expect(await sendIntrospection(context, { token: tokens.accessToken }, { authorization })).toMatchObject({
      status: 401,
      body: { error: "invalid_token" },
    });
  });

  test("a client's secret beside it would be a second method", async () => {
    const { context, owner } = await arrange();
    const inspector = registerInspector(context);
    const authorization = `Bearer ${await obtainOwnToken(context, inspector, { scope: "introspection" })}`;
    for (const more of [{ client_secret: owner.secret }, { client_assertion: "x" }]) {
      const answer = await sendIntrospection(context, { token: "x", ...more }, { authorization });
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    }
  });
});

describe("RFC 9449 §7: by an access token that is bound to a key", () => {
  let key: DpopKey;
  beforeAll(async () => {
    key = await createDpopKey();
  });

  async function arrangeBound() {
    const { context, tokens } = await arrange();
    const { client } = registerInspector(context);
    const accessToken = randomToken();
    const values = { tokenHash: digest(accessToken), dpopJkt: key.jkt, scopes: ["introspection"] };
    await context.stores.tokens.issue(buildAccessToken({ applicationId: client.id }, values));
    const target = { method: "POST", uri: "https://id.example/o/introspect/", at: context.now(), accessToken };
    const ask = (scheme: string, dpop: string | null) =>
      sendIntrospection(context, { token: tokens.accessToken }, { authorization: `${scheme} ${accessToken}`, dpop });
    return { context, target, ask };
  }

  test("it is accepted with its proof and not without", async () => {
    const { target, ask } = await arrangeBound();
    expect(await ask("DPoP", await createProof(key, target))).toMatchObject({ status: 200, body: { active: true } });
    expect(await ask("Bearer", await createProof(key, target))).toMatchObject({
      status: 401,
      body: { error: "invalid_token" },
    });
    const unproven = await ask("DPoP", null);
    expect(unproven).toMatchObject({ status: 401, body: { error: "invalid_dpop_proof" } });
    expect(unproven.headers["WWW-Authenticate"]).toMatch(/^DPoP /);
  });

  test("it gets the nonce that its proof has to contain", async () => {
    const { context, target, ask } = await arrangeBound();
    context.settings.requireDpopNonce = true;
    const answer = await ask("DPoP", await createProof(key, target));
    expect(answer).toMatchObject({ status: 401, body: { error: "use_dpop_nonce" } });
    const nonce = answer.headers["DPoP-Nonce"];
    expect(nonce).toBe(dpopNonce(context));
    expect(await ask("DPoP", await createProof(key, { ...target, nonce }))).toMatchObject({ status: 200 });
  });
});

describe("RFC 7662 §4: what it can see", () => {
  test("attack 41: another client's tokens are inactive to it, as unknown ones are", async () => {
    const { context, tokens } = await arrange();
    const other = registerClient(context);
    for (const token of [tokens.accessToken, tokens.refreshToken, randomToken()]) {
      expect((await introspect(context, other, token)).body).toEqual(inactive);
    }
  });

  test("a resource server sees the tokens for its own APIs, and no others", async () => {
    const { context, owner, one, neither, mail, files, forFiles } = await arrangeAudience();
    expect((await introspect(context, one, forFiles)).body).toMatchObject({ active: true, aud: [files.identifier] });
    expect((await introspect(context, neither, forFiles)).body).toEqual(inactive);
    const forMail = await obtainOwnToken(context, owner, { resource: mail.identifier });
    expect((await introspect(context, one, forMail)).body).toEqual(inactive);
    const unrestricted = await obtainOwnToken(context, owner);
    expect((await introspect(context, one, unrestricted)).body).toEqual(inactive);
  });

  test("RFC 9701 §5: of a token for several APIs each resource server sees its own part", async () => {
    const { context, owner, one, both, files, mail, forBoth } = await arrangeAudience();
    const whole = { active: true, scope: "read write", aud: [files.identifier, mail.identifier] };
    expect((await introspect(context, owner, forBoth)).body).toMatchObject(whole);
    expect((await introspect(context, both, forBoth)).body).toMatchObject(whole);
    const part = { active: true, scope: "read", aud: [files.identifier] };
    expect((await introspect(context, one, forBoth)).body).toMatchObject(part);
  });

  test("a resource server that none of the token's scopes concern sees none", async () => {
    const { context, owner, one, files, mail } = await arrangeAudience();
    const token = await obtainOwnToken(context, owner, {
      resource: [files.identifier, mail.identifier],
      scope: "write",
    });
    const { body } = await introspect(context, one, token);
    expect(body).toMatchObject({ active: true, aud: [files.identifier] });
    expect(body).not.toHaveProperty("scope");
  });

  test("with the scope introspection a client sees access tokens without an audience and those of its APIs", async () => {
    const { context, tokens, one, forBoth, files, forFiles, mail } = await arrangeWithTokens();
    expect((await introspect(context, one, tokens.accessToken)).body).toEqual(inactive);
    context.stores.saveClient({ ...one.client, allowedScopes: ["introspection"] });
    const { body } = await introspect(context, one, tokens.accessToken);
    expect(body).toMatchObject({ active: true, scope: "read write", token_type: "Bearer" });
    expect(body).not.toHaveProperty("aud");
    for (const token of [forBoth, forFiles]) {
      expect((await introspect(context, one, token)).body).toMatchObject({ active: true, aud: [files.identifier] });
    }
    const forMail = await obtainOwnToken(context, registerClient(context, { grantTypes }), {
      resource: mail.identifier,
    });
    expect((await introspect(context, one, forMail)).body).toEqual(inactive);
    expect((await introspect(context, one, tokens.refreshToken)).body).toEqual(inactive);
    // Every scope that isn't restricted is not this one.
    context.stores.saveClient({ ...one.client, allowedScopes: [] });
    expect((await introspect(context, one, tokens.accessToken)).body).toEqual(inactive);
  });

  test("a resource server can't see a refresh token", async () => {
    const { context, owner, both, files, mail } = await arrangeAudience();
    const resource = [files.identifier, mail.identifier];
    const tokens = await obtainTokens(context, owner.client, owner.secret, { resource });
    expect((await introspect(context, both, tokens.accessToken)).body).toMatchObject({ active: true });
    expect((await introspect(context, both, tokens.refreshToken)).body).toEqual(inactive);
  });

  test("a JWT access token is looked up like any other, so that its revocation shows", async () => {
    const { context, owner, one } = await arrangeAudience();
    const api = registerApi(context, { tokenFormat: "jwt", resourceServerIds: [one.client.id] });
    const token = await obtainOwnToken(context, owner, { resource: api.identifier });
    expect(token.split(".")).toHaveLength(3);
    const { body } = await introspect(context, one, token);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { iss, sub, client_id, iat, exp, jti } = claims;
    expect(body).toMatchObject({ active: true, iss, sub, client_id, iat, exp, jti, aud: [claims.aud] });
    await context.stores.tokens.revokeAccessToken(digest(token), context.now(), buildEvent());
    expect((await introspect(context, one, token)).body).toEqual(inactive);
  });
});
