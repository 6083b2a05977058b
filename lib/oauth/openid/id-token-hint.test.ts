import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { describeUser } from "../access/userinfo";
import { signJwt, toNumericDate } from "../keys/sign-jwt";
import type { Client } from "../ports/client";
import { addSeconds } from "../ports/context";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { signingAlgorithms } from "../wire/algorithms";
import { InvalidRequestError } from "../wire/errors";
import { signIdToken } from "./id-token";
import { findHintedUser, readIdTokenHint } from "./id-token-hint";
import { signLogoutToken } from "./logout-token";
import { toSid } from "./session-id";
import { nobody } from "./subject";

const sessionId = "0198e1f2-0000-7000-8000-000000000001";
let context: TestContext;
let client: Client;

beforeEach(() => {
  context = buildContext();
  ({ client } = registerClient(context));
});

function issue(of: Client, userId = context.user.id): Promise<string> {
  const authentication = { userId, sessionId, nonce: null, claims: null, authenticatedAt: context.now(), amr: ["pwd"] };
  return signIdToken(context, of, { ...authentication, scopes: [], accessToken: "x" }, context.now());
}

const read = (token: string) => readIdTokenHint(context, token);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const payload = () => ({ iss: context.issuer, aud: client.clientId, sub: context.user.id, iat: 1, exp: 2 });

test.each(signingAlgorithms)("an ID token of ours, signed with %s: its user, client and session", async (alg) => {
  const allowedOrigins = ["https://app.example"];
  const { client: signed } = registerClient(context, { idTokenSignedResponseAlg: alg, allowedOrigins });
  const hint = { sub: context.user.id, audience: [signed.clientId], sid: toSid(sessionId, signed.id) };
  expect(await read(await issue(signed))).toEqual({ ...hint, authTime: toNumericDate(context.now()) });
});

test("case 113, RP-Initiated Logout §2: it may have expired long ago", async () => {
  const token = await issue(client);
  context.clock.set(addSeconds(context.now(), 10 * 365 * 86_400));
  expect(await read(token)).toMatchObject({ sub: context.user.id });
});

test("several audiences are returned as they are, and a missing session or sign-in as none", async () => {
  const token = await signJwt(context, { typ: "JWT", payload: { ...payload(), aud: ["a", "b"] } });
  expect(await read(token)).toEqual({ sub: context.user.id, audience: ["a", "b"], sid: null, authTime: null });
});

describe("is refused", () => {
  test.each(["", "x", "..", "a.b.c", `${encode({ alg: "RS256", typ: "JWT" })}.${encode({})}.`])("%j", async (token) => {
    expect(await read(token)).toBeNull();
  });

  test("attack: alg none, with and without a signature", async () => {
    const [, , signature] = (await issue(client)).split(".");
    for (const alg of ["none", "None", "NONE", "nOnE"]) {
      for (const end of ["", signature]) {
        expect(await read(`${encode({ alg, typ: "JWT" })}.${encode(payload())}.${end}`)).toBeNull();
      }
    }
  });

  test("attack: HS256 with a public key as the secret", async () => {
    for (const jwk of await context.keys.publicKeys()) {
      for (const secret of [JSON.stringify(jwk), jwk.n ?? jwk.x ?? ""]) {
        const header = { alg: "HS256", typ: "JWT", kid: jwk.kid };
        const token = await new SignJWT(payload())
          .setProtectedHeader(header)
          .sign(new TextEncoder().encode(secret.padEnd(32)));
        expect(await read(token)).toBeNull();
      }
    }
  });

  test("attack: another key, under our kid, and embedded in the header by jwk, jku or x5u", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const [ours] = await context.keys.publicKeys();
    const named: Partial<JWTHeaderParameters>[] = [
      { kid: ours?.kid },
      {},
      { jwk: await exportJWK(publicKey) },
      { jku: "https://evil.example/jwks" },
      { x5u: "https://evil.example/certificate" },
    ];
    for (const header of named) {
      const token = new SignJWT(payload()).setProtectedHeader({ alg: "RS256", typ: "JWT", ...header });
      expect(await read(await token.sign(privateKey))).toBeNull();
    }
  });

  test("one whose payload, header or signature was changed", async () => {
    const [header, claims, signature = ""] = (await issue(client)).split(".");
    const other = Buffer.from(claims ?? "", "base64url")
      .toString()
      .replace(context.user.id, crypto.randomUUID());
    expect(await read(`${header}.${Buffer.from(other).toString("base64url")}.${signature}`)).toBeNull();
    expect(await read(`${encode({ alg: "PS256", typ: "JWT" })}.${claims}.${signature}`)).toBeNull();
    expect(await read(`${header}.${claims}.${signature.slice(0, -4)}AAAA`)).toBeNull();
  });

  test("another issuer's, with our keys", async () => {
    const foreign = { ...payload(), iss: `${context.issuer}/` };
    expect(await read(await signJwt(context, { typ: "JWT", payload: foreign }))).toBeNull();
  });

  test("RFC 8725 §3.11: another kind of our JWTs", async () => {
    for (const typ of ["at+jwt", "logout+jwt", "token-introspection+jwt", "jwt", "application/jwt"]) {
      expect(await read(await signJwt(context, { typ, payload: payload() }))).toBeNull();
    }
    const notice = { clientId: client.clientId, algorithm: "RS256" as const, subject: context.user.id, sid: null };
    expect(await read(await signLogoutToken(context, notice))).toBeNull();
  });

  test("a signed answer of userinfo, which has the same type", async () => {
    const { client: signed } = registerClient(context, { userinfoSignedResponseAlg: "RS256" });
    const info = {
      clientId: signed.clientId,
      applicationName: "",
      user: context.user,
      scopes: ["openid"],
      claims: null,
    };
    const answer = await describeUser(context, { ...info, expiresAt: context.now() });
    expect(answer.kind).toBe("jwt");
    expect(await read(answer.kind === "jwt" ? answer.jwt : "")).toBeNull();
  });
});

test("keys that can't be read are an outage, not a bad hint", async () => {
  const token = await issue(client);
  const down = { ...context.keys, publicKeys: () => Promise.reject(new Error("down")) };
  await expect(readIdTokenHint({ ...context, keys: down }, token)).rejects.toThrow("down");
});

describe("the user of a hint", () => {
  test("for the client that it was issued to, pairwise or not", async () => {
    expect(await findHintedUser(context, client, await issue(client))).toBe(context.user.id);
    const { client: pairwise } = registerClient(context, { subjectType: "pairwise" });
    expect(await findHintedUser(context, pairwise, await issue(pairwise))).toBe(context.user.id);
  });

  test("a deleted user isn't signed in, which is no error of the client", async () => {
    const deleted = await signJwt(context, { typ: "JWT", payload: { ...payload(), sub: randomUUID() } });
    expect(await findHintedUser(context, client, deleted)).toBe(nobody);
  });

  test.each([
    ["another client's", async () => issue(registerClient(context).client)],
    ["one about nobody", async () => signJwt(context, { typ: "JWT", payload: { ...payload(), sub: "nobody" } })],
    ["nonsense", async () => "nonsense"],
  ])("%s is refused", async (_what, make) => {
    await expect(findHintedUser(context, client, await make())).rejects.toBeInstanceOf(InvalidRequestError);
  });
});
