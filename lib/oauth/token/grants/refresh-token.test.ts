import { describe, expect, test } from "vitest";
import { checkBearer } from "../../access/bearer";
import { addSeconds } from "../../ports/context";
import { epoch } from "../../testing/defaults";
import {
  arrangeRefresh,
  buildResourceRequest,
  isGood,
  obtainTokens,
  readTokens,
  refreshRequest,
  sendTokenRequest,
} from "../../testing/flow";
import { buildContext, registerClient } from "../../testing/test-context";
import { digest } from "../../wire/digest";

const day = 86_400;

describe("RFC 6749 §6: refreshing", () => {
  test("a new pair with the same five keys; the old access token ends", async () => {
    const { context, tokens, send } = await arrangeRefresh();
    context.clock.advance(60);
    const response = await send(tokens.refreshToken);
    expect(Object.keys(response.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
    expect(response.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
    const next = readTokens(response);
    expect(next.accessToken).not.toBe(tokens.accessToken);
    expect(next.refreshToken).not.toBe(tokens.refreshToken);
    const scopes = ["read", "write"];
    expect(await checkBearer(context, buildResourceRequest(next.accessToken), { scopes })).not.toBeNull();
    expect(await isGood(context, tokens)).toBe(false);
  });

  test("a public client refreshes with its client_id", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    const tokens = await obtainTokens(context, client, "");
    readTokens(await sendTokenRequest(context, refreshRequest(client, "", tokens.refreshToken)));
  });

  test("a confidential client must authenticate", async () => {
    const { tokens, send, refresh } = await arrangeRefresh();
    for (const client_secret of [undefined, "wrong"]) {
      expect(await send(tokens.refreshToken, { client_secret })).toMatchObject({
        status: 401,
        body: { error: "invalid_client" },
      });
    }
    await refresh(tokens.refreshToken);
  });

  test("missing, unknown and altered tokens, and an access token in its place", async () => {
    const { tokens, refusal, refresh } = await arrangeRefresh();
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

  test("RFC 8707 §2.2: a resource that was not granted is an invalid_target", async () => {
    const { tokens, refusal, refresh } = await arrangeRefresh();
    expect(await refusal(tokens.refreshToken, { resource: "https://api.example" })).toBe("invalid_target");
    await refresh(tokens.refreshToken);
  });

  test("disabled user: invalid_grant; disabled client: invalid_client; both immediately", async () => {
    const { context, client, tokens, send, refusal, refresh } = await arrangeRefresh();
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
    const { context, tokens, refresh } = await arrangeRefresh();
    const same = await refresh(tokens.refreshToken, { scope: "write read" });
    expect(same.scope).toBe("write read");
    const narrower = await refresh(same.refreshToken, { scope: "read" });
    expect(narrower.scope).toBe("read");
    const found = await context.stores.tokens.findAccessToken(digest(narrower.accessToken));
    expect(found?.scopes).toEqual(["read"]);
  });

  test.each(["email", "read write email", "manage", "bogus", "read\0"])(
    "%j was not granted: invalid_scope, and the token remains valid",
    async (scope) => {
      const { tokens, refusal, refresh } = await arrangeRefresh({ scope: "read write" });
      expect(await refusal(tokens.refreshToken, { scope })).toBe("invalid_scope");
      await refresh(tokens.refreshToken);
    },
  );

  test("what was narrowed is not widened again", async () => {
    const { tokens, refresh, refusal } = await arrangeRefresh();
    const narrow = await refresh(tokens.refreshToken, { scope: "read" });
    expect(await refusal(narrow.refreshToken, { scope: "read write" })).toBe("invalid_scope");
    expect((await refresh(narrow.refreshToken)).scope).toBe("read");
  });
});

describe("RFC 9700 §4.14.2: refresh tokens expire", () => {
  test("after 30 idle days, to the millisecond; each refresh starts them again", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    context.clock.advance(30 * day - 0.001);
    const next = await refresh(tokens.refreshToken);
    context.clock.advance(30 * day - 0.001);
    const last = await refresh(next.refreshToken);
    context.clock.advance(30 * day);
    expect(await refusal(last.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([]);
  });

  test("after one year in all, however often they are used", async () => {
    const { context, tokens, refresh, refusal } = await arrangeRefresh();
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

  test("with the family, even if the token itself says later", async () => {
    const { context, tokens, refusal } = await arrangeRefresh();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    if (!found) throw new Error("The token is not stored");
    context.stores.tokens.findRefreshToken = async () => ({ ...found, familyExpiresAt: addSeconds(epoch, 60) });
    context.clock.advance(60);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
  });

  test("an expired token that was rotated is still a replay", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    context.clock.advance(29 * day);
    const next = await refresh(tokens.refreshToken);
    context.clock.advance(2 * day);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await refusal(next.refreshToken)).toBe("invalid_grant");
    expect(replays()).toHaveLength(1);
  });
});
