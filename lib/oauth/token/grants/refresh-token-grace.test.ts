import { describe, expect, test } from "vitest";
import { buildEvent } from "../../testing/builders";
import { epoch } from "../../testing/defaults";
import { arrangeRefresh, isGood, readTokens } from "../../testing/flow";
import { digest } from "../../wire/digest";

describe("a lost answer does not lose the session (docs/adr/0013)", () => {
  test("the same token gives the same successor, with its remaining lifetime", async () => {
    const { context, tokens, send, replays } = await arrangeRefresh();
    const first = await send(tokens.refreshToken);
    context.clock.advance(9.999);
    const second = await send(tokens.refreshToken);
    expect(readTokens(second)).toEqual(readTokens(first));
    expect(second.body).toEqual({ ...first.body, expires_in: 36_000 - 10 });
    expect(await isGood(context, readTokens(second))).toBe(true);
    expect(replays()).toEqual([]);
  });

  test("50 parallel refreshes get the same pair, which remains valid", async () => {
    const { context, tokens, send, refresh, replays } = await arrangeRefresh();
    const responses = await Promise.all(Array.from({ length: 50 }, () => send(tokens.refreshToken)));
    const pairs = responses.map((response) => readTokens(response));
    expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(1);
    const [pair = tokens] = pairs;
    expect(await isGood(context, pair)).toBe(true);
    await refresh(pair.refreshToken);
    expect(replays()).toEqual([]);
  });

  test("not from the tenth second on", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    const next = await refresh(tokens.refreshToken);
    context.clock.advance(10);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, next)).toBe(false);
    expect(replays()).toHaveLength(1);
  });

  test("not once the successor was used: a second generation revokes the family", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    const second = await refresh(tokens.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(await isGood(context, third)).toBe(false);
    expect(await refusal(third.refreshToken)).toBe("invalid_grant");
    expect(replays()).toMatchObject([{ details: { cause: "replayed after its successor was used" } }]);
  });

  test("not for a family that was revoked meanwhile, which is no replay", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    await refresh(tokens.refreshToken);
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    await context.stores.tokens.revokeFamily(found?.familyId ?? "", epoch, "token_revoked", buildEvent());
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(replays()).toEqual([]);
  });

  test("not for a user who was disabled meanwhile", async () => {
    const { context, tokens, refresh, refusal } = await arrangeRefresh();
    await refresh(tokens.refreshToken);
    context.stores.saveUser({ ...context.user, disabled: true });
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
  });

  test("not if the answer was cleaned up", async () => {
    const { context, tokens, refresh, refusal, replays } = await arrangeRefresh();
    await refresh(tokens.refreshToken);
    const { findRefreshToken } = context.stores.tokens;
    context.stores.tokens.findRefreshToken = async (hash) => {
      const found = await findRefreshToken(hash);
      return found && { ...found, sealedSuccessor: null };
    };
    expect(await refusal(tokens.refreshToken)).toBe("invalid_grant");
    expect(replays()).toHaveLength(1);
  });

  test("without a grace period nothing is stored", async () => {
    const { context, tokens, refresh } = await arrangeRefresh({}, { refreshTokenGracePeriod: 0 });
    await refresh(tokens.refreshToken);
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    expect(found).toMatchObject({ rotatedAt: epoch, sealedSuccessor: null });
  });

  test("what is stored reveals neither token", async () => {
    const { context, tokens, refresh } = await arrangeRefresh();
    const next = await refresh(tokens.refreshToken);
    const found = await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken));
    const kept = Buffer.from(found?.sealedSuccessor ?? "", "base64url").toString("latin1");
    expect(kept.length).toBeGreaterThan(100);
    for (const secret of [next.accessToken, next.refreshToken]) expect(kept).not.toContain(secret);
  });
});
