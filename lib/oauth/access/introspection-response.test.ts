import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { buildAccessToken, buildEvent } from "../testing/builders";
import { epoch } from "../testing/defaults";
import { isGood, obtainTokens, readTokens, refreshRequest, sendTokenRequest, type Tokens } from "../testing/flow";
import { type Caller, introspect, obtainOwnToken, registerInspector } from "../testing/introspect";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest, randomToken } from "../wire/digest";

const inactive = { active: false };
const issuedAt = Math.floor(epoch.getTime() / 1000);

async function arrange() {
  const context = buildContext();
  const owner = registerClient(context, {
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
  });
  const tokens = await obtainTokens(context, owner.client, owner.secret);
  const ask = async (token: string) => (await introspect(context, owner, token)).body;
  return { context, owner, tokens, ask };
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

describe("RFC 7662 §2.2: an active token", () => {
  test("case 97: an access token of a user, in the order of keys of Django OAuth Toolkit", async () => {
    const { context, owner, tokens, ask } = await arrange();
    const body = await ask(tokens.accessToken);
    expect(body).toEqual({
      active: true,
      scope: "read write",
      exp: issuedAt + 36_000,
      client_id: owner.client.clientId,
      username: "alice",
      token_type: "Bearer",
      iat: issuedAt,
      nbf: issuedAt,
      sub: context.user.id,
      iss: "https://id.example/o",
      jti: uuid,
    });
    const names = ["active", "scope", "exp", "client_id", "username", "token_type", "iat", "nbf", "sub", "iss", "jti"];
    expect(Object.keys(body ?? {})).toEqual(names);
  });

  test("RFC 9068 §2.2: a client's own token has the client as its subject, and no username", async () => {
    const { context, owner, ask } = await arrange();
    const body = await ask(await obtainOwnToken(context, owner));
    expect(body).toMatchObject({ active: true, sub: owner.client.clientId, client_id: owner.client.clientId });
    expect(body).not.toHaveProperty("username");
    expect(body).not.toHaveProperty("aud");
  });

  test("RFC 9449 §6.2: a bound token shows its key", async () => {
    const { context, owner, ask } = await arrange();
    const token = randomToken();
    const dpopJkt = digest("a key");
    const record = buildAccessToken({ applicationId: owner.client.id }, { tokenHash: digest(token), dpopJkt });
    await context.stores.tokens.issue(record);
    expect(await ask(token)).toMatchObject({
      active: true,
      token_type: "DPoP",
      cnf: { jkt: dpopJkt },
      jti: record.jti,
    });
  });

  test("case 101: a refresh token is active, and its type isn't that of an access token", async () => {
    const { context, owner, tokens, ask } = await arrange();
    expect(await ask(tokens.refreshToken)).toEqual({
      active: true,
      scope: "read write",
      exp: issuedAt + 30 * 86_400,
      client_id: owner.client.clientId,
      username: "alice",
      token_type: "N_A",
      iat: issuedAt,
      nbf: issuedAt,
      sub: context.user.id,
      iss: "https://id.example/o",
      jti: uuid,
    });
  });

  test.each(["access_token", "refresh_token", "pat"])("the hint %s hides neither kind", async (token_type_hint) => {
    const { context, owner, tokens } = await arrange();
    for (const token of [tokens.accessToken, tokens.refreshToken]) {
      const answer = await introspect(context, owner, token, { parameters: { token_type_hint } });
      expect(answer).toMatchObject({ status: 200, body: { active: true } });
    }
  });

  test("is not cached", async () => {
    const { context, owner, tokens } = await arrange();
    const { headers } = await introspect(context, owner, tokens.accessToken);
    expect(headers).toMatchObject({ "Cache-Control": "no-store", Pragma: "no-cache" });
  });
});

describe("RFC 7662 §2.2: an inactive token, without further details", () => {
  const both = ({ accessToken, refreshToken }: Tokens) => [accessToken, refreshToken];

  test("case 98, attack 38: unknown, truncated, extended, in another case, and its digest", async () => {
    const { tokens, ask } = await arrange();
    for (const token of both(tokens)) {
      const others = [token.slice(0, -1), `${token}a`, `${token}=`, token.toLowerCase(), digest(token), "x", "\0", "é"];
      for (const other of others) expect(await ask(other)).toEqual(inactive);
    }
    expect(await ask("a".repeat(65_536))).toEqual(inactive);
  });

  test("case 98: expired, from the exact millisecond", async () => {
    const { context, tokens, ask } = await arrange();
    context.clock.advance(36_000 - 0.001);
    expect(await ask(tokens.accessToken)).toMatchObject({ active: true });
    context.clock.advance(0.001);
    expect(await ask(tokens.accessToken)).toEqual(inactive);
    expect(await ask(tokens.refreshToken)).toMatchObject({ active: true });
    context.clock.advance(30 * 86_400);
    expect(await ask(tokens.refreshToken)).toEqual(inactive);
  });

  test("revoked with its family", async () => {
    const { context, tokens, ask } = await arrange();
    const { familyId } = (await context.stores.tokens.findAccessToken(digest(tokens.accessToken))) ?? {};
    await context.stores.tokens.revokeFamily(familyId ?? "", epoch, "authorization_withdrawn", buildEvent());
    for (const token of both(tokens)) expect(await ask(token)).toEqual(inactive);
  });

  test("rotated, immediately: the grace period is for a lost answer", async () => {
    const { context, owner, tokens, ask } = await arrange();
    const body = refreshRequest(owner.client, owner.secret, tokens.refreshToken);
    const second = readTokens(await sendTokenRequest(context, body));
    for (const token of both(tokens)) expect(await ask(token)).toEqual(inactive);
    for (const token of both(second)) expect(await ask(token)).toMatchObject({ active: true });
  });

  test("attack 37: of a disabled user, until they are enabled again", async () => {
    const { context, tokens, ask } = await arrange();
    context.stores.saveUser({ ...context.user, disabled: true });
    for (const token of both(tokens)) expect(await ask(token)).toEqual(inactive);
    context.stores.saveUser({ ...context.user, disabled: false });
    for (const token of both(tokens)) expect(await ask(token)).toMatchObject({ active: true });
  });

  test("attack 37: of a disabled application", async () => {
    const { context, owner, tokens } = await arrange();
    const bearer = await obtainOwnToken(context, registerInspector(context), { scope: "introspection" });
    const ask = () => introspect(context, owner, tokens.accessToken, { authorization: `Bearer ${bearer}` });
    expect((await ask()).body).toMatchObject({ active: true });
    context.stores.saveClient({ ...owner.client, disabled: true });
    expect((await ask()).body).toEqual(inactive);
    expect(await isGood(context, tokens)).toBe(false);
  });
});

const jwtType = "application/token-introspection+jwt";

function verify(context: TestContext, { client }: Caller, jwt: unknown) {
  return context.keys.publicKeys().then((keys) =>
    jwtVerify(String(jwt), createLocalJWKSet({ keys }), {
      issuer: context.issuer,
      audience: client.clientId,
      typ: "token-introspection+jwt",
      currentDate: context.now(),
    }),
  );
}

describe("RFC 9701: signed answers", () => {
  test("§5: issuer, audience, time and the whole answer, signed with RS256", async () => {
    const { context, owner, tokens, ask } = await arrange();
    const answer = await introspect(context, owner, tokens.accessToken, { accept: jwtType });
    expect(answer.headers).toMatchObject({ "Content-Type": jwtType, "Cache-Control": "no-store" });
    const { payload, protectedHeader } = await verify(context, owner, answer.body);
    expect(protectedHeader).toMatchObject({ alg: "RS256", typ: "token-introspection+jwt" });
    expect(payload).toEqual({
      iss: context.issuer,
      aud: owner.client.clientId,
      iat: issuedAt,
      token_introspection: await ask(tokens.accessToken),
    });
  });

  test("§6: with the algorithm that the caller registered, whatever the token's client is", async () => {
    const { context, tokens } = await arrange();
    const caller = registerClient(context, { introspectionSignedResponseAlg: "EdDSA" });
    const { body } = await introspect(context, caller, tokens.accessToken, { accept: jwtType });
    expect((await verify(context, caller, body)).protectedHeader.alg).toBe("EdDSA");
  });

  test("§8.1: it isn't an access token: no sub, no exp, its own type", async () => {
    const { context, owner, tokens } = await arrange();
    const { body } = await introspect(context, owner, tokens.accessToken, { accept: jwtType });
    const { payload } = await verify(context, owner, body);
    expect(payload).not.toHaveProperty("sub");
    expect(payload).not.toHaveProperty("exp");
    expect(decodeProtectedHeader(String(body)).typ).not.toBe("at+jwt");
  });

  test("attack 41: for another client's token a signed answer says no more than a plain one", async () => {
    const { context, tokens } = await arrange();
    const other = registerClient(context);
    const { body } = await introspect(context, other, tokens.accessToken, { accept: jwtType });
    expect((await verify(context, other, body)).payload.token_introspection).toEqual(inactive);
  });

  test("errors are plain, as in RFC 6749 §5.2", async () => {
    const { context, owner } = await arrange();
    const answer = await introspect(context, { ...owner, secret: "wrong" }, "x", { accept: jwtType });
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test.each([
    [null, false],
    ["", false],
    ["*/*", false],
    ["application/*", false],
    ["application/json", false],
    ["application/jwt", false],
    [`${jwtType};q=0`, false],
    [`${jwtType};q=0.5, application/json`, false],
    [`${jwtType}x`, false],
    [jwtType, true],
    [jwtType.toUpperCase(), true],
    [`text/html, ${jwtType}`, true],
    [`application/json, ${jwtType}`, true],
    [`application/json;q=0.9, ${jwtType}`, true],
    [`${jwtType}; q=0.5, */*;q=0.1`, true],
    [`${jwtType};q=nonsense`, false],
  ])("RFC 9110 §12.5.1: Accept %j asks for a JWT: %j", async (accept, isJwt) => {
    const { context, owner, tokens } = await arrange();
    const { body } = await introspect(context, owner, tokens.accessToken, { accept });
    expect(typeof body === "string").toBe(isJwt);
  });
});
