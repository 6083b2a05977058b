import { describe, expect, test } from "vitest";
import { addSeconds } from "../context";
import { digest } from "../digest";
import { epoch, registerClient } from "../testing/builders";
import {
  arrangeRefresh,
  formEncode,
  isGood,
  obtainTokens,
  readTokens,
  refreshRequest,
  sendTokenRequest,
} from "../testing/flow";
import { answerTokenRequest } from "../token";

describe("RFC 9700 §4.14.2: rotation with reuse detection", () => {
  test("a token that comes back ends its whole family, and leaves one audit event", async () => {
    const { context, client, tokens, refresh, refusal, replays } = await arrangeRefresh();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    context.clock.advance(1);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, third)).toBe(false);
    expect(await refusal(third.refreshToken)).toBe("invalid_grant");
    expect(await refusal(second.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([
      { type: "refresh_token.replayed", at: addSeconds(epoch, 1), userId: context.user.id, applicationId: client.id },
    ]);
  });

  test("another family of the same person and client lives on", async () => {
    const { context, client, secret, tokens, refresh, refusal } = await arrangeRefresh();
    const other = await obtainTokens(context, client, secret);
    await refresh(tokens.refreshToken);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, other)).toBe(true);
    await refresh(other.refreshToken);
  });

  test("another client that replays it ends nothing", async () => {
    const { context, tokens, refresh, replays } = await arrangeRefresh();
    const next = await refresh(tokens.refreshToken);
    const other = registerClient(context);
    await sendTokenRequest(context, refreshRequest(other.client, other.secret, tokens.refreshToken));
    await refresh(next.refreshToken);
    expect(replays()).toEqual([]);
  });

  test("of 50 parallel refreshes one succeeds, and its tokens end with the first replay", async () => {
    const { context, tokens, send, replays } = await arrangeRefresh();
    const responses = await Promise.all(Array.from({ length: 50 }, () => send(tokens.refreshToken)));
    const succeeded = responses.filter(({ status }) => status === 200);
    expect(succeeded).toHaveLength(1);
    for (const response of responses) if (response.status !== 200) expect(response.body.error).toBe("invalid_grant");
    for (const response of succeeded) expect(await isGood(context, readTokens(response))).toBe(false);
    expect(replays()).toHaveLength(1);
  });

  test("a family that was revoked is not refreshed, and that is no replay", async () => {
    const { context, tokens, refusal, replays } = await arrangeRefresh();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    await context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn");
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([]);
    expect(await isGood(context, tokens)).toBe(false);
  });

  test("the log can tell a revoked family from a replay", async () => {
    const { context, client, secret, tokens, refresh } = await arrangeRefresh();
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
    const { context, tokens, send, replays } = await arrangeRefresh();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    const [response] = await Promise.all([
      send(tokens.refreshToken),
      context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn"),
    ]);
    if (response.status === 200) expect(await isGood(context, readTokens(response))).toBe(false);
    expect(await isGood(context, tokens)).toBe(false);
    expect(replays()).toEqual([]);
  });
});
