import { createLocalJWKSet, jwtVerify } from "jose";
import { expect, test } from "vitest";
import type { Client } from "../ports/client";
import { addSeconds } from "../ports/context";
import { buildContext, registerClient } from "../testing/test-context";
import { signingAlgorithms } from "../wire/algorithms";
import { InvalidTokenError } from "../wire/errors";
import type { TokenInfo } from "./bearer";
import { describeUser } from "./userinfo";

const claims = { name: "Alice", email: "alice@example.test", email_verified: true, updated_at: 1_700_000_000 };

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  context.stores.saveUser({ ...context.user, disabled: false, claims });
  const { client } = registerClient(context, values);
  const info: TokenInfo = {
    clientId: client.clientId,
    applicationName: client.name,
    user: context.user,
    scopes: ["openid"],
    claims: null,
    expiresAt: addSeconds(context.now(), 60),
  };
  const describe = (more: Partial<TokenInfo> = {}) => describeUser(context, { ...info, ...more });
  return { context, client, describe };
}

test("OpenID Connect Core §5.3.2: the subject, and the claims of the granted scopes, with their types", async () => {
  const { context, describe } = arrange();
  const sub = context.user.id;
  expect(await describe()).toEqual({ kind: "json", claims: { sub } });
  expect(await describe({ scopes: ["openid", "email"] })).toEqual({
    kind: "json",
    claims: { sub, email: "alice@example.test", email_verified: true },
  });
  const everything = await describe({ scopes: ["openid", "profile", "email", "address", "phone"] });
  expect(everything).toEqual({ kind: "json", claims: { sub, preferred_username: "alice", ...claims } });
});

test("§5.5: what claims requested from userinfo, and not what it requested in the ID token", async () => {
  const { context, describe } = arrange();
  const asked = { userinfo: { name: { essential: true }, phone_number: null, sub: null }, id_token: { email: null } };
  const answer = await describe({ claims: asked });
  expect(answer).toEqual({ kind: "json", claims: { sub: context.user.id, name: "Alice" } });
});

test("without openid only the subject, whatever else was granted or requested", async () => {
  const { context, describe } = arrange();
  const answer = await describe({ scopes: ["read", "email"], claims: { userinfo: { name: null } } });
  expect(answer).toEqual({ kind: "json", claims: { sub: context.user.id } });
});

test("§8.1: with the subject that the client knows, which no claim can replace", async () => {
  const { context, client, describe } = arrange({ subjectType: "pairwise" });
  const answer = await describe();
  const sub = answer.kind === "json" ? answer.claims.sub : null;
  expect(sub).not.toBe(context.user.id);
  const [host] = client.redirectUris.map((uri) => new URL(uri).hostname);
  expect(await context.stores.subjects.findUser(String(sub), host ?? "")).toBe(context.user.id);
});

test.each(signingAlgorithms)("§5.3.2: signed with %s for a client that is registered so", async (algorithm) => {
  const { context, client, describe } = arrange({ userinfoSignedResponseAlg: algorithm });
  const answer = await describe({ scopes: ["openid", "email"] });
  const jwt = answer.kind === "jwt" ? answer.jwt : "";
  const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, { algorithms: [algorithm] });
  expect(protectedHeader).toMatchObject({ alg: algorithm, kid: expect.any(String) });
  // Neither iat nor exp: it is no ID token.
  expect(payload).toEqual({
    iss: context.issuer,
    aud: client.clientId,
    sub: context.user.id,
    email: "alice@example.test",
    email_verified: true,
  });
});

test("a token without a user, or of a deleted user or client, is not valid", async () => {
  const { describe } = arrange();
  const nobody = { id: crypto.randomUUID(), username: "gone" };
  for (const more of [{ user: null }, { user: nobody }, { clientId: "gone" }]) {
    await expect(describe(more)).rejects.toBeInstanceOf(InvalidTokenError);
  }
});
