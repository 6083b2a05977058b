import { describe, expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { buildEvent } from "../../testing/builders";
import { epoch } from "../../testing/defaults";
import {
  arrangeRefresh,
  buildClientRequest,
  isGood,
  obtainTokens,
  readTokens,
  refreshRequest,
  sendTokenRequest,
} from "../../testing/flow";
import { registerClient } from "../../testing/test-context";
import { digest } from "../../wire/digest";
import { answerTokenRequest } from "../token";

/** No second chance: what came back without a grace period. */
const strict = { refreshTokenGracePeriod: 0 };

describe("RFC 9700 §4.14.2: rotation with reuse detection", () => {
  test("a reused token revokes its whole family, and leaves one audit event", async () => {
    const { context, client, tokens, refresh, refusal, replays } = await arrangeRefresh();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    context.clock.advance(10);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, third)).toBe(false);
    expect(await refusal(third.refreshToken)).toBe("invalid_grant");
    expect(await refusal(second.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([
      {
        type: "refresh_token.replayed",
        at: addSeconds(epoch, 10),
        userId: context.user.id,
        applicationId: client.id,
        details: { cause: "replayed refresh token" },
      },
    ]);
  });

  test("another family of the same user and client remains valid", async () => {
    const { context, client, secret, tokens, refresh, refusal } = await arrangeRefresh({}, strict);
    const other = await obtainTokens(context, client, secret);
    await refresh(tokens.refreshToken);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, other)).toBe(true);
    await refresh(other.refreshToken);
  });

  test("presented by another client it was stolen: the family is revoked, used or not", async () => {
    for (const used of [false, true]) {
      const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
      const latest = used ? await refresh(tokens.refreshToken) : tokens;
      const other = registerClient(context);
      const request = refreshRequest(other.client, other.secret, tokens.refreshToken);
      expect(await sendTokenRequest(context, request)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
      expect(await isGood(context, latest)).toBe(false);
      expect(await refusal(latest.refreshToken)).toBe("invalid_grant");
      expect(replays()).toMatchObject([{ details: { cause: "refresh token of another client" } }]);
    }
  });

  test("without a grace period, of 50 parallel refreshes one succeeds, and its tokens end with the first replay", async () => {
    const { context, tokens, send, replays } = await arrangeRefresh({}, strict);
    const responses = await Promise.all(Array.from({ length: 50 }, () => send(tokens.refreshToken)));
    const succeeded = responses.filter(({ status }) => status === 200);
    expect(succeeded).toHaveLength(1);
    for (const response of responses) if (response.status !== 200) expect(response.body.error).toBe("invalid_grant");
    for (const response of succeeded) expect(await isGood(context, readTokens(response))).toBe(false);
    expect(replays()).toHaveLength(1);
  });

  test("a revoked family can't be refreshed, which is no replay", async () => {
    const { context, tokens, refusal, replays } = await arrangeRefresh();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    await context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn", buildEvent());
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([]);
    expect(await isGood(context, tokens)).toBe(false);
  });

  test("the log distinguishes a revoked family from a replay", async () => {
    const { context, client, secret, tokens, refresh } = await arrangeRefresh({}, strict);
    await refresh(tokens.refreshToken);
    const causes: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const request = buildClientRequest(refreshRequest(client, secret, tokens.refreshToken));
      await answerTokenRequest(context, request, (error) => causes.push(error.cause));
    }
    expect(causes).toEqual(["replayed refresh token", "revoked family"]);
  });

  test("refresh against revocation: when the revocation is answered, no token of the family is valid", async () => {
    const { context, tokens, send, replays } = await arrangeRefresh();
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    const [response] = await Promise.all([
      send(tokens.refreshToken),
      context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "authorization_withdrawn", buildEvent()),
    ]);
    if (response.status === 200) expect(await isGood(context, readTokens(response))).toBe(false);
    expect(await isGood(context, tokens)).toBe(false);
    expect(replays()).toEqual([]);
  });
});
