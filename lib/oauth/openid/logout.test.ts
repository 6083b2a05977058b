import { decodeJwt, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { findClient } from "../client/find-client";
import { signJwt } from "../keys/sign-jwt";
import type { Client } from "../ports/client";
import { addSeconds } from "../ports/context";
import type { Session } from "../ports/types";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { InvalidRequestError, UntrustedRequestError } from "../wire/errors";
import { signIdToken } from "./id-token";
import { checkLogoutRequest, toFrontchannelLocation, toPostLogoutLocation } from "./logout";

const uri = "https://app.example/bye?from=op";
let context: TestContext;
let client: Client;
let session: Session;

beforeEach(() => {
  context = buildContext();
  ({ client } = registerClient(context, { postLogoutRedirectUris: [uri, "com.example.app:/bye"] }));
  const { id: userId } = context.user;
  session = { id: crypto.randomUUID(), userId, authenticatedAt: context.now(), amr: ["pwd"] };
});

function idToken({ id = session.id, userId = session.userId, of = client } = {}): Promise<string> {
  const authentication = { userId, sessionId: id, nonce: null, claims: null, authenticatedAt: context.now() };
  return signIdToken(context, of, { ...authentication, amr: ["pwd"], scopes: [], accessToken: "x" }, context.now());
}

const check = (fields: Record<string, string>, who: Session | null = session) =>
  checkLogoutRequest(context, new URLSearchParams(fields).toString(), who);

const refuse = (fields: Record<string, string>) => expect(check(fields)).rejects.toBeInstanceOf(UntrustedRequestError);

test("an ID token of this session proves it, and redirects back with the state", async () => {
  const asked = await check({ id_token_hint: await idToken(), post_logout_redirect_uri: uri, state: "a b" });
  expect(asked).toMatchObject({ client: { id: client.id }, hinted: true, proven: true });
  expect(toPostLogoutLocation(asked)).toBe("https://app.example/bye?from=op&state=a+b");
});

test("RP-Initiated Logout §2: an expired ID token is accepted", async () => {
  const hint = await idToken();
  context.clock.set(addSeconds(context.now(), 365 * 86_400));
  expect(await check({ id_token_hint: hint })).toMatchObject({ proven: true, postLogoutRedirectUri: null });
});

test("a pairwise subject is found again", async () => {
  const { client: pairwise } = registerClient(context, { subjectType: "pairwise" });
  expect(await check({ id_token_hint: await idToken({ of: pairwise }) })).toMatchObject({ proven: true });
});

test("so is one that was issued under a security profile, whatever the client's registration", async () => {
  const { client: registered } = registerClient(context, {
    subjectType: "pairwise",
    securityProfile: "fapi2_security",
    redirectUris: ["https://app.example/cb", "http://other.example/cb"],
  });
  const profiled = await findClient(context.stores.clients, registered.clientId);
  const hint = await idToken({ of: profiled ?? registered });
  expect(await check({ id_token_hint: hint })).toMatchObject({ hinted: true, proven: true });
});

test("without a logout URI an ID token has no sid, and its user and sign-in identify the session", async () => {
  const { client: plain } = registerClient(context, {});
  const hint = await idToken({ of: plain });
  expect(decodeJwt(hint)).not.toHaveProperty("sid");
  expect(await check({ id_token_hint: hint })).toMatchObject({ hinted: true, proven: true });
  const later = { ...session, authenticatedAt: addSeconds(session.authenticatedAt, 1) };
  expect((await check({ id_token_hint: hint }, later)).proven).toBe(false);
  expect((await check({ id_token_hint: hint }, { ...session, userId: crypto.randomUUID() })).proven).toBe(false);
  expect((await check({ id_token_hint: hint }, null)).proven).toBe(false);
});

test("of another session, of another user, or in a browser without one it proves nothing", async () => {
  const other = crypto.randomUUID();
  context.stores.saveUser({ id: other, username: "other", disabled: false });
  expect((await check({ id_token_hint: await idToken({ id: other }) })).proven).toBe(false);
  expect((await check({ id_token_hint: await idToken({ userId: other }) })).proven).toBe(false);
  expect((await check({ id_token_hint: await idToken() }, null)).proven).toBe(false);
});

describe("is refused", () => {
  test("a changed ID token", async () => {
    const [header, payload, signature] = (await idToken()).split(".");
    const changed = Buffer.from(payload ?? "", "base64url")
      .toString()
      .replace(session.userId, crypto.randomUUID());
    await refuse({ id_token_hint: `${header}.${Buffer.from(changed).toString("base64url")}.${signature}` });
    await refuse({ id_token_hint: `${header}.${payload}.` });
    await refuse({ id_token_hint: "nonsense" });
  });

  test("attack: alg none, HS256, another kind of our tokens, another issuer's", async () => {
    const payload = { iss: context.issuer, aud: client.clientId, sub: session.userId };
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    await refuse({ id_token_hint: `${none}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.` });
    const [jwk] = await context.keys.publicKeys();
    const secret = new TextEncoder().encode(JSON.stringify(jwk));
    const symmetric = new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "JWT", kid: jwk?.kid });
    await refuse({ id_token_hint: await symmetric.sign(secret) });
    for (const typ of ["at+jwt", "logout+jwt"])
      await refuse({ id_token_hint: await signJwt(context, { typ, payload }) });
    const foreign = { ...payload, iss: "https://other.example" };
    await refuse({ id_token_hint: await signJwt(context, { typ: "JWT", payload: foreign }) });
  });

  test("§2: a client_id that isn't the ID token's client", async () => {
    const { client: other } = registerClient(context);
    await refuse({ id_token_hint: await idToken(), client_id: other.clientId });
    await refuse({ client_id: "nobody" });
  });

  test("§3: an address that isn't registered exactly, however the client is known", async () => {
    for (const wrong of [`${uri}&more=1`, "https://app.example/bye", "https://app.example/callback", `${uri}#x`]) {
      await refuse({ id_token_hint: await idToken(), post_logout_redirect_uri: wrong });
      await refuse({ client_id: client.clientId, post_logout_redirect_uri: wrong });
    }
  });

  test("a repeated parameter", async () => {
    await expect(checkLogoutRequest(context, "state=a&state=b", session)).rejects.toBeInstanceOf(InvalidRequestError);
  });
});

test("without a client no address counts, nor one of a disabled client", async () => {
  expect(await check({ post_logout_redirect_uri: uri, state: "a" })).toMatchObject({
    client: null,
    postLogoutRedirectUri: null,
    proven: false,
  });
  const { client: disabled } = registerClient(context, { disabled: true, postLogoutRedirectUris: [uri] });
  const asked = await check({ client_id: disabled.clientId, post_logout_redirect_uri: uri });
  expect(toPostLogoutLocation(asked)).toBeNull();
});

test("a client_id alone is a claim, not a proof", async () => {
  const asked = await check({ client_id: client.clientId, post_logout_redirect_uri: "com.example.app:/bye" });
  expect(asked).toMatchObject({ client: { id: client.id }, hinted: false, proven: false });
  expect(toPostLogoutLocation({ ...asked, state: "s" })).toBe("com.example.app:/bye?state=s");
});

test("Front-Channel Logout §2: iss and sid are added to the registered query", () => {
  expect(toFrontchannelLocation("https://id.example/o", "https://app.example/out?a=1", "s")).toBe(
    "https://app.example/out?a=1&iss=https%3A%2F%2Fid.example%2Fo&sid=s",
  );
});

test("an address with a host that is no longer allowed counts as not registered", async () => {
  const old = "https://a.example;sandbox/bye";
  ({ client } = registerClient(context, { postLogoutRedirectUris: [old] }));
  await refuse({ client_id: client.clientId, post_logout_redirect_uri: old });
});
