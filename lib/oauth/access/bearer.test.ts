import { describe, expect, test } from "vitest";
import { addSeconds } from "../ports/context";
import { buildEvent } from "../testing/builders";
import { epoch } from "../testing/defaults";
import { buildResourceRequest, obtainTokens, readTokens, sendTokenRequest } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { digest } from "../wire/digest";
import { InsufficientScopeError, InvalidRequestError, InvalidTokenError } from "../wire/errors";
import { checkBearer } from "./bearer";

async function arrange() {
  const context = buildContext();
  const { client, secret } = registerClient(context, {
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
  });
  const { accessToken, refreshToken } = await obtainTokens(context, client, secret);
  return { context, client, secret, accessToken, refreshToken };
}

const check = (context: TestContext, token: string, scopes: string[] = []) =>
  checkBearer(context, buildResourceRequest(token), { scopes });

const checkHeader = (context: TestContext, authorization: string | null) =>
  checkBearer(context, buildResourceRequest("", { authorization }), { scopes: [] });

describe("RFC 6750 §2.1: the token in the Authorization header", () => {
  test("returns the application, the user, the scopes and the expiry", async () => {
    const { context, client, accessToken } = await arrange();
    expect(await check(context, accessToken, ["write"])).toEqual({
      clientId: client.clientId,
      applicationName: "web-app",
      user: context.user,
      scopes: ["read", "write"],
      claims: null,
      expiresAt: addSeconds(epoch, 36_000),
    });
  });

  test("RFC 6749 §4.4: a client's own token has no user", async () => {
    const { context, client, secret } = await arrange();
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
    const { accessToken } = readTokens(await sendTokenRequest(context, body));
    expect(await check(context, accessToken)).toMatchObject({ clientId: client.clientId, user: null });
  });

  test.each(["bearer", "BEARER", "bEaReR", "Bearer   "])(
    "RFC 9110 §11.1: the scheme %j is read in any case",
    async (scheme) => {
      const { context, accessToken } = await arrange();
      expect(await checkHeader(context, `${scheme} ${accessToken}`)).not.toBeNull();
    },
  );

  test.each([null, "", "Basic YTpi", "Bearerx", "Token abc", "DPoPx abc"])(
    "%j presents no token: null, so that the challenge carries no error",
    async (authorization) => {
      expect(await checkHeader(buildContext(), authorization)).toBeNull();
    },
  );

  test.each([
    "Bearer",
    "Bearer ",
    "Bearer a b",
    "Bearer \0",
    "Bearer ä",
    "Bearer a,b",
    "Bearer =",
    "Bearer\tabc",
    'Bearer "abc"',
    "DPoP",
    "DPoP a b",
    "DPoP a,b",
  ])("RFC 6750 §3.1: %j is malformed: invalid_request", async (authorization) => {
    await expect(checkHeader(buildContext(), authorization)).rejects.toThrow(InvalidRequestError);
  });

  test("a token of 64 kB is unknown, like any other", async () => {
    await expect(check(buildContext(), "a".repeat(65_536))).rejects.toThrow(InvalidTokenError);
  });
});

describe("RFC 6750 §3.1: invalid_token", () => {
  test("unknown, truncated, extended, in another case, its digest, and a refresh token", async () => {
    const { context, accessToken, refreshToken } = await arrange();
    const others = [
      "unknown",
      accessToken.slice(0, -1),
      `${accessToken}a`,
      `${accessToken}=`,
      accessToken.toLowerCase(),
      accessToken.toUpperCase(),
      digest(accessToken),
      refreshToken,
    ];
    for (const other of others) await expect(check(context, other)).rejects.toThrow(InvalidTokenError);
    expect(await check(context, accessToken)).not.toBeNull();
  });

  test("expired, from the exact millisecond", async () => {
    const { context, accessToken } = await arrange();
    context.clock.advance(36_000 - 0.001);
    expect(await check(context, accessToken)).not.toBeNull();
    context.clock.advance(0.001);
    await expect(check(context, accessToken)).rejects.toThrow(InvalidTokenError);
  });

  test("of a revoked family", async () => {
    const { context, accessToken } = await arrange();
    const found = await context.stores.tokens.findAccessToken(digest(accessToken));
    await context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn", buildEvent());
    await expect(check(context, accessToken)).rejects.toThrow(InvalidTokenError);
  });

  test("revoked itself", async () => {
    const { context, accessToken } = await arrange();
    const found = await context.stores.tokens.findAccessToken(digest(accessToken));
    if (!found) throw new Error("The token is not stored");
    context.stores.tokens.findAccessToken = async () => ({ ...found, revokedAt: epoch });
    await expect(check(context, accessToken)).rejects.toThrow(InvalidTokenError);
  });

  test("of a disabled user, and of a disabled application, until they are enabled again", async () => {
    const { context, client, accessToken } = await arrange();
    context.stores.saveUser({ ...context.user, disabled: true });
    await expect(check(context, accessToken)).rejects.toThrow(InvalidTokenError);
    context.stores.saveUser({ ...context.user, disabled: false });
    context.stores.saveClient({ ...client, disabled: true });
    await expect(check(context, accessToken)).rejects.toThrow(InvalidTokenError);
    context.stores.saveClient(client);
    expect(await check(context, accessToken)).not.toBeNull();
  });
});

describe("RFC 6750 §3.1: insufficient_scope", () => {
  test("every required scope must have been granted", async () => {
    const { context, accessToken } = await arrange();
    expect(await check(context, accessToken, ["read", "write"])).not.toBeNull();
    await expect(check(context, accessToken, ["read", "email"])).rejects.toMatchObject({
      status: 403,
      error: "insufficient_scope",
      requiredScope: "read email",
    });
  });

  test("an invalid token is reported first", async () => {
    const { context, accessToken } = await arrange();
    context.clock.advance(36_000);
    await expect(check(context, accessToken, ["email"])).rejects.toThrow(InvalidTokenError);
  });
});

describe("when a grant was last used", () => {
  async function lastUse(context: TestContext, accessToken: string) {
    return (await context.stores.tokens.findAccessToken(digest(accessToken)))?.familyLastUsedAt;
  }

  test("is recorded to the minute", async () => {
    const { context, accessToken } = await arrange();
    context.clock.set(addSeconds(epoch, 59.999));
    await check(context, accessToken);
    expect(await lastUse(context, accessToken)).toEqual(epoch);
    context.clock.set(addSeconds(epoch, 60));
    await check(context, accessToken);
    expect(await lastUse(context, accessToken)).toEqual(addSeconds(epoch, 60));
  });

  test("is not recorded for a refused request", async () => {
    const { context, accessToken } = await arrange();
    context.clock.advance(3600);
    await expect(check(context, accessToken, ["email"])).rejects.toThrow(InsufficientScopeError);
    expect(await lastUse(context, accessToken)).toEqual(epoch);
  });
});
