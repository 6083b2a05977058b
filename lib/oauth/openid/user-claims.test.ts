import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { learn } from "../testing/claims-flow";
import { buildPkce, codeRequest, obtainCode, readTokens, refreshRequest, sendTokenRequest } from "../testing/flow";
import { buildContext, registerApi, registerClient, type TestContext } from "../testing/test-context";
import { maximumGroups } from "./user-claims";

const groupNames = (count: number) => Array.from({ length: count }, (_, index) => `group ${1000 + index}`);

/** A client that has got tokens for a user of these groups, with the scope unless it asks for something else. */
async function obtain(values: Partial<Client>, names: string[], more: Record<string, string> = {}) {
  const context = buildContext();
  for (const name of ["openid", "groups"]) {
    context.stores.saveScope({ name, description: name, isDefault: false, isRestricted: false });
  }
  context.stores.saveGroups(context.user.id, names);
  const { client, secret } = registerClient(context, values);
  const code = await obtainCode(context, client, { scope: "openid groups", ...more });
  const response = await sendTokenRequest(context, codeRequest(client, secret, code));
  return { context, client, secret, ...(await learn(context, response)) };
}

describe("the claim groups (RFC 9068 §2.2.3.1)", () => {
  test("is in userinfo with the scope, and in the ID token only if the application is set up so", async () => {
    const plain = await obtain({}, ["staff", "admins"]);
    expect(plain.userinfo.groups).toEqual(["admins", "staff"]);
    expect(plain.idToken).not.toHaveProperty("groups");
    for (const values of [{ groupsInTokens: true }, { claimsInIdToken: true }]) {
      expect((await obtain(values, ["staff", "admins"])).idToken.groups).toEqual(["admins", "staff"]);
    }
  });

  test("is said of a user who is in none", async () => {
    const { idToken, userinfo } = await obtain({ groupsInTokens: true }, []);
    expect([idToken.groups, userinfo.groups]).toEqual([[], []]);
  });

  test("is nowhere without the scope", async () => {
    const { idToken, userinfo } = await obtain({ groupsInTokens: true, claimsInIdToken: true }, ["staff"], {
      scope: "openid",
    });
    for (const claims of [idToken, userinfo]) expect(claims).not.toHaveProperty("groups");
  });

  test("OpenID Connect Core §5.5: is covered by the scope if it is requested by name", async () => {
    const claims = JSON.stringify({ id_token: { groups: { essential: true } } });
    const allowed = await obtain({}, ["staff"], { scope: "openid", claims });
    expect(allowed.idToken.groups).toEqual(["staff"]);
    expect(allowed.userinfo).not.toHaveProperty("groups");
    const refused = await obtain({ allowedScopes: ["openid"] }, ["staff"], { scope: "openid", claims });
    expect(refused.idToken).not.toHaveProperty("groups");
  });

  test("names the groups of this moment at a refresh", async () => {
    const { context, client, secret, response } = await obtain({ groupsInTokens: true }, ["staff"]);
    context.stores.saveGroups(context.user.id, ["guests"]);
    const { refreshToken } = readTokens(response);
    const { body } = await sendTokenRequest(context, refreshRequest(client, secret, refreshToken));
    expect(decodeJwt(String(body.id_token)).groups).toEqual(["guests"]);
  });

  test("is left out with a mark if there are too many to name, never cut", async () => {
    const most = await obtain({ groupsInTokens: true }, groupNames(maximumGroups.token));
    expect(most.idToken.groups).toHaveLength(maximumGroups.token);
    const many = await obtain({ groupsInTokens: true }, groupNames(maximumGroups.token + 1));
    expect(many.idToken).toMatchObject({ groups_overage: true });
    expect(many.idToken).not.toHaveProperty("groups");
    expect(many.userinfo.groups).toHaveLength(maximumGroups.token + 1);
    const tooMany = await obtain({}, groupNames(maximumGroups.userinfo + 1));
    expect(tooMany.userinfo).toMatchObject({ groups_overage: true });
    expect(tooMany.userinfo).not.toHaveProperty("groups");
  });
});

describe("groups in a JWT access token", () => {
  async function readAccessToken(values: Partial<Client>, scope: string) {
    const context: TestContext = buildContext();
    for (const name of ["openid", "groups"]) {
      context.stores.saveScope({ name, description: name, isDefault: false, isRestricted: false });
    }
    context.stores.saveGroups(context.user.id, ["staff"]);
    const api = registerApi(context, { tokenFormat: "jwt" });
    const { client, secret } = registerClient(context, values);
    const { verifier, challenge } = buildPkce();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const code = await obtainCode(context, client, { scope, resource: api.identifier, ...pkce });
    const body = { ...codeRequest(client, secret, code), code_verifier: verifier };
    const tokens = readTokens(await sendTokenRequest(context, body));
    const again = await sendTokenRequest(context, refreshRequest(client, secret, tokens.refreshToken));
    return [tokens, readTokens(again)].map(({ accessToken }) => decodeJwt(accessToken).groups);
  }

  test("if the scope was granted and the application is set up so, at first and after a refresh", async () => {
    expect(await readAccessToken({ groupsInTokens: true }, "openid groups read")).toEqual([["staff"], ["staff"]]);
    expect(await readAccessToken({ groupsInTokens: true }, "openid read")).toEqual([undefined, undefined]);
    expect(await readAccessToken({}, "openid groups read")).toEqual([undefined, undefined]);
  });
});
