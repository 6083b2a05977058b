import { describe, expect, test } from "vitest";
import { checkBearer } from "../bearer";
import { addSeconds } from "../context";
import { digest } from "../digest";
import { InvalidTokenError } from "../errors";
import { buildContext, epoch, registerClient, type TestContext } from "../testing/builders";
import {
  formEncode,
  obtainTokens,
  readTokens,
  refreshRequest,
  sendTokenRequest,
  type Tokens,
  type Wire,
} from "../testing/flow";
import { answerTokenRequest } from "../token";

const day = 86_400;

async function arrange(parameters: Wire = {}, lifetimes: Parameters<typeof buildContext>[0] = {}) {
  const context = buildContext(lifetimes);
  const { client, secret } = registerClient(context);
  const tokens = await obtainTokens(context, client, secret, parameters);
  const send = (refreshToken: string, more: Wire = {}) =>
    sendTokenRequest(context, { ...refreshRequest(client, secret, refreshToken), ...more });
  const refresh = async (refreshToken: string, more: Wire = {}) => readTokens(await send(refreshToken, more));
  const refusal = async (refreshToken: string, more: Wire = {}) => {
    const response = await send(refreshToken, more);
    expect(response.status).toBe(400);
    return response.body.error;
  };
  return { context, client, secret, tokens, send, refresh, refusal };
}

async function expectDead(context: TestContext, { accessToken }: Tokens): Promise<void> {
  await expect(checkBearer(context, `Bearer ${accessToken}`, [])).rejects.toThrow(InvalidTokenError);
}

function replays(context: TestContext) {
  return context.stores.auditEvents().filter(({ type }) => type === "refresh_token.replayed");
}

describe("RFC 6749 §6: refreshing", () => {
  test("a new pair with the same five keys; the old access token ends", async () => {
    const { context, tokens, send } = await arrange();
    context.clock.advance(60);
    const response = await send(tokens.refreshToken);
    expect(Object.keys(response.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
    expect(response.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
    const next = readTokens(response);
    expect(next.accessToken).not.toBe(tokens.accessToken);
    expect(next.refreshToken).not.toBe(tokens.refreshToken);
    expect(await checkBearer(context, `Bearer ${next.accessToken}`, ["read", "write"])).not.toBeNull();
    await expectDead(context, tokens);
  });

  test("a public client refreshes with its client_id", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    const tokens = await obtainTokens(context, client, "");
    readTokens(await sendTokenRequest(context, refreshRequest(client, "", tokens.refreshToken)));
  });

  test("a confidential client must authenticate", async () => {
    const { tokens, send, refresh } = await arrange();
    for (const client_secret of [undefined, "wrong"]) {
      expect(await send(tokens.refreshToken, { client_secret })).toMatchObject({
        status: 401,
        body: { error: "invalid_client" },
      });
    }
    await refresh(tokens.refreshToken);
  });

  test("missing, unknown and altered tokens, and an access token in its place", async () => {
    const { tokens, refusal, refresh } = await arrange();
    expect(await refusal("")).toBe("invalid_request");
    const { refreshToken } = tokens;
    for (const other of [
      "x",
      `${refreshToken}x`,
      refreshToken.slice(1),
      digest(refreshToken),
      tokens.accessToken,
      "\0",
    ]) {
      expect(await refusal(other)).toBe("invalid_grant");
    }
    await refresh(refreshToken);
  });

  test("another client's token is refused, and nothing happens to it", async () => {
    const { context, tokens, refresh } = await arrange();
    const other = registerClient(context);
    const request = refreshRequest(other.client, other.secret, tokens.refreshToken);
    expect(await sendTokenRequest(context, request)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    await refresh(tokens.refreshToken);
  });

  test("RFC 8707 §2: a resource is an invalid_target", async () => {
    const { tokens, refusal, refresh } = await arrange();
    expect(await refusal(tokens.refreshToken, { resource: "https://api.example" })).toBe("invalid_target");
    await refresh(tokens.refreshToken);
  });

  test("disabled person: invalid_grant; disabled client: invalid_client; both at once in force", async () => {
    const { context, client, tokens, send, refusal, refresh } = await arrange();
    context.stores.saveUser({ ...context.user, disabled: true });
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    context.stores.saveUser({ ...context.user, disabled: false });
    context.stores.saveClient({ ...client, disabled: true });
    expect(await send(tokens.refreshToken)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    context.stores.saveClient(client);
    await refresh(tokens.refreshToken);
  });
});

describe("RFC 6749 §6: scope at refresh", () => {
  test("the same or narrower is granted", async () => {
    const { context, tokens, refresh } = await arrange();
    const same = await refresh(tokens.refreshToken, { scope: "write read" });
    expect(same.scope).toBe("write read");
    const narrower = await refresh(same.refreshToken, { scope: "read" });
    expect(narrower.scope).toBe("read");
    const found = await context.stores.tokens.findAccessToken(digest(narrower.accessToken));
    expect(found?.scopes).toEqual(["read"]);
  });

  test.each(["email", "read write email", "manage", "bogus", "read\0"])(
    "%j was not granted: invalid_scope, and the token stays good",
    async (scope) => {
      const { tokens, refusal, refresh } = await arrange({ scope: "read write" });
      expect(await refusal(tokens.refreshToken, { scope })).toBe("invalid_scope");
      await refresh(tokens.refreshToken);
    },
  );

  test("what was narrowed is not widened again", async () => {
    const { tokens, refresh, refusal } = await arrange();
    const narrow = await refresh(tokens.refreshToken, { scope: "read" });
    expect(await refusal(narrow.refreshToken, { scope: "read write" })).toBe("invalid_scope");
    expect((await refresh(narrow.refreshToken)).scope).toBe("read");
  });
});

describe("RFC 9700 §4.14.2: rotation with reuse detection", () => {
  test("a token that comes back ends its whole family, and leaves one audit event", async () => {
    const { context, client, tokens, refresh, refusal } = await arrange();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    context.clock.advance(1);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    await expectDead(context, third);
    expect(await refusal(third.refreshToken)).toBe("invalid_grant");
    expect(await refusal(second.refreshToken)).toBe("invalid_grant");
    expect(replays(context)).toEqual([
      { type: "refresh_token.replayed", at: addSeconds(epoch, 1), userId: context.user.id, applicationId: client.id },
    ]);
  });

  test("another family of the same person and client lives on", async () => {
    const { context, client, secret, tokens, refresh, refusal } = await arrange();
    const other = await obtainTokens(context, client, secret);
    await refresh(tokens.refreshToken);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await checkBearer(context, `Bearer ${other.accessToken}`, [])).not.toBeNull();
    await refresh(other.refreshToken);
  });

  test("another client that replays it ends nothing", async () => {
    const { context, tokens, refresh } = await arrange();
    const next = await refresh(tokens.refreshToken);
    const other = registerClient(context);
    await sendTokenRequest(context, refreshRequest(other.client, other.secret, tokens.refreshToken));
    await refresh(next.refreshToken);
    expect(replays(context)).toEqual([]);
  });

  test("of 50 parallel refreshes one succeeds, and its tokens end with the first replay", async () => {
    const { context, tokens, send } = await arrange();
    const responses = await Promise.all(Array.from({ length: 50 }, () => send(tokens.refreshToken)));
    const succeeded = responses.filter(({ status }) => status === 200);
    expect(succeeded).toHaveLength(1);
    for (const response of responses) if (response.status !== 200) expect(response.body.error).toBe("invalid_grant");
    for (const response of succeeded) await expectDead(context, readTokens(response));
    expect(replays(context)).toHaveLength(1);
  });

  test("a family that was revoked is not refreshed, and that is no replay", async () => {
    const { context, tokens, refusal } = await arrange();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    await context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn");
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(replays(context)).toEqual([]);
    await expectDead(context, tokens);
  });

  test("the log can tell a revoked family from a replay", async () => {
    const { context, client, secret, tokens, refresh } = await arrange();
    await refresh(tokens.refreshToken);
    const causes: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const body = formEncode(refreshRequest(client, secret, tokens.refreshToken));
      const request = { query: "", contentType: "application/x-www-form-urlencoded", authorization: null, body };
      await answerTokenRequest(context, request, (error) => causes.push(error.cause));
    }
    expect(causes).toEqual(["replayed refresh token", "revoked family"]);
  });

  test("refresh against revocation: when the revocation is answered, no token of the family is good", async () => {
    const { context, tokens, send } = await arrange();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    const [response] = await Promise.all([
      send(tokens.refreshToken),
      context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn"),
    ]);
    if (response.status === 200) await expectDead(context, readTokens(response));
    await expectDead(context, tokens);
    expect(replays(context)).toEqual([]);
  });
});

describe("RFC 9700 §4.14.2: refresh tokens expire", () => {
  test("when they are idle for 30 days, to the millisecond; each refresh starts the days anew", async () => {
    const { context, tokens, refresh, refusal } = await arrange();
    context.clock.advance(30 * day - 0.001);
    const next = await refresh(tokens.refreshToken);
    context.clock.advance(30 * day - 0.001);
    const last = await refresh(next.refreshToken);
    context.clock.advance(30 * day);
    expect(await refusal(last.refreshToken)).toBe("invalid_grant");
    expect(replays(context)).toEqual([]);
  });

  test("after one year in all, however often they are used", async () => {
    const { context, tokens, refresh, refusal } = await arrange();
    let { refreshToken } = tokens;
    for (let days = 0; days < 360; days += 20) {
      context.clock.set(addSeconds(epoch, days * day));
      ({ refreshToken } = await refresh(refreshToken));
    }
    const found = await context.stores.tokens.findRefreshToken(digest(refreshToken));
    expect(found?.expiresAt).toEqual(addSeconds(epoch, 340 * day + 25 * day));
    context.clock.set(addSeconds(epoch, 365 * day));
    expect(await refusal(refreshToken)).toBe("invalid_grant");
  });

  test("with the family, even where the token itself says later", async () => {
    const { context, tokens, refusal } = await arrange();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    if (!found) throw new Error("The token is not stored");
    context.stores.tokens.findRefreshToken = async () => ({ ...found, familyExpiresAt: addSeconds(epoch, 60) });
    context.clock.advance(60);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
  });

  test("an expired token that was rotated is still a replay", async () => {
    const { context, tokens, refresh, refusal } = await arrange();
    context.clock.advance(29 * day);
    const next = await refresh(tokens.refreshToken);
    context.clock.advance(2 * day);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await refusal(next.refreshToken)).toBe("invalid_grant");
    expect(replays(context)).toHaveLength(1);
  });
});
