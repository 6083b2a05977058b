import { describe, expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { deviceCodeGrant } from "../../ports/types";
import { buildEvent } from "../../testing/builders";
import { epoch } from "../../testing/defaults";
import { answer, arrangeDevice, poll, pollRequest, registerTv, startDevice } from "../../testing/device-flow";
import { createDpopKey, createProof, type DpopKey } from "../../testing/dpop-proof";
import { isGood, readTokens, refreshRequest, sendTokenRequest, signIn, type Wire } from "../../testing/flow";
import { registerApi } from "../../testing/test-context";
import { digest, randomToken } from "../../wire/digest";

describe("RFC 8628 §3.5: a device's answers", () => {
  test("case 79: authorization_pending while the decision is pending", async () => {
    const { context, client, deviceCode } = await arrangeDevice();
    for (let polls = 0; polls < 3; polls++) {
      const response = await poll(context, client, deviceCode);
      expect(response).toMatchObject({ status: 400, body: { error: "authorization_pending" } });
      context.clock.advance(5);
    }
  });

  test("case 83: slow_down if polled too early, and from then on five seconds more", async () => {
    const { context, client, deviceCode } = await arrangeDevice();
    const heard: unknown[] = [];
    for (const seconds of [0, 4, 5, 15, 15]) {
      context.clock.advance(seconds);
      heard.push((await poll(context, client, deviceCode)).body.error);
    }
    // 5 s became 10 s at the second poll and 15 s at the third, which is enough for those after it.
    expect(heard).toEqual([
      "authorization_pending",
      "slow_down",
      "slow_down",
      "authorization_pending",
      "authorization_pending",
    ]);
  });

  test("case 80: tokens once a user approves, immediately, even if polled too often", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await poll(context, client, deviceCode);
    await answer(context, userCode);
    const response = await poll(context, client, deviceCode);
    expect(response).toMatchObject({ status: 200, headers: { "Cache-Control": "no-store" } });
    expect(Object.entries(response.body)).toEqual([
      ["access_token", expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)],
      ["expires_in", 36_000],
      ["token_type", "Bearer"],
      ["scope", "read write"],
      ["refresh_token", expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)],
    ]);
    const tokens = readTokens(response);
    expect(await isGood(context, tokens)).toBe(true);
    const refreshed = readTokens(await sendTokenRequest(context, refreshRequest(client, "", tokens.refreshToken)));
    expect(await isGood(context, refreshed)).toBe(true);
  });

  test("the tokens belong to the user who approved, in a family of the device code and their session", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    const browser = signIn(context);
    await answer(context, userCode, browser);
    const { accessToken } = readTokens(await poll(context, client, deviceCode));
    const found = await context.stores.tokens.findAccessToken(digest(accessToken));
    expect(found).toMatchObject({ userId: context.user.id, username: "alice", applicationId: client.id });
    expect(await context.stores.devices.find(digest(deviceCode))).toMatchObject({ sessionId: browser.session.id });
    const { revokeFamilyOfCode } = context.stores.tokens;
    expect(await revokeFamilyOfCode(digest(deviceCode), epoch, "authorization_withdrawn", buildEvent())).toBe(true);
    expect(await isGood(context, { accessToken })).toBe(false);
  });

  test("no refresh token for a client without that grant", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice({ grantTypes: [deviceCodeGrant] });
    await answer(context, userCode);
    expect((await poll(context, client, deviceCode)).body).not.toHaveProperty("refresh_token");
  });

  test("case 81: access_denied once a user denies, however often it polls", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await answer(context, userCode, signIn(context), "denied");
    for (let polls = 0; polls < 3; polls++) {
      const response = await poll(context, client, deviceCode);
      expect(response).toMatchObject({ status: 400, body: { error: "access_denied" } });
    }
  });

  test.each(["nobody has answered", "approved", "denied"] as const)(
    "case 84: expired_token when its time is over, %s",
    async (state) => {
      const { context, client, deviceCode, userCode } = await arrangeDevice();
      if (state !== "nobody has answered") await answer(context, userCode, signIn(context), state);
      context.clock.set(addSeconds(epoch, 1800));
      const response = await poll(context, client, deviceCode);
      expect(response).toMatchObject({ status: 400, body: { error: "expired_token" } });
    },
  );
});

describe("RFC 8628 §3.4: one redemption, by the client that started it", () => {
  test("case 82: a second redemption is invalid_grant and revokes nothing", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await answer(context, userCode);
    const tokens = readTokens(await poll(context, client, deviceCode));
    for (let polls = 0; polls < 3; polls++) {
      expect((await poll(context, client, deviceCode)).body.error).toBe("invalid_grant");
    }
    context.clock.advance(7200);
    expect((await poll(context, client, deviceCode)).body.error).toBe("invalid_grant");
    expect(await isGood(context, tokens)).toBe(true);
  });

  test("F5: of 50 parallel polls of an approved device one is answered with tokens", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await answer(context, userCode);
    const responses = await Promise.all(Array.from({ length: 50 }, () => poll(context, client, deviceCode)));
    const [granted, refused] = [200, 400].map((code) => responses.filter(({ status }) => status === code));
    expect(granted).toHaveLength(1);
    expect(refused?.map(({ body }) => body.error)).toEqual(Array(49).fill("invalid_grant"));
    for (const response of granted ?? []) expect(await isGood(context, readTokens(response))).toBe(true);
  });

  test("case 85: unknown and other clients' device codes are invalid_grant, a missing one invalid_request", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    const other = registerTv(context);
    await answer(context, userCode);
    expect((await poll(context, client, randomToken())).body.error).toBe("invalid_grant");
    expect((await poll(context, other.client, deviceCode)).body.error).toBe("invalid_grant");
    expect((await poll(context, client, undefined)).body.error).toBe("invalid_request");
    // The user code is for the person; it redeems nothing.
    expect((await poll(context, client, userCode)).body.error).toBe("invalid_grant");
    expect((await poll(context, client, deviceCode)).status).toBe(200);
  });

  test("a disabled user's device gets nothing", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await answer(context, userCode);
    context.stores.saveUser({ ...context.user, disabled: true });
    expect((await poll(context, client, deviceCode)).body.error).toBe("invalid_grant");
  });

  test("a disabled client, and one that lost the grant, get nothing", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice();
    await answer(context, userCode);
    context.stores.saveClient({ ...client, grantTypes: ["authorization_code"] });
    expect((await poll(context, client, deviceCode)).body.error).toBe("unauthorized_client");
    context.stores.saveClient({ ...client, disabled: true });
    expect((await poll(context, client, deviceCode)).status).toBe(401);
  });

  test("RFC 9449 §5: a proof binds the tokens to its key, and a client that requires one can't omit it", async () => {
    const { context, client, deviceCode, userCode } = await arrangeDevice({ dpopBoundAccessTokens: true });
    await answer(context, userCode);
    expect((await poll(context, client, deviceCode)).body.error).toBe("invalid_dpop_proof");
    const key = await createDpopKey();
    const send = async (body: Wire, by: DpopKey) => {
      const dpop = await createProof(by, { method: "POST", uri: `${context.issuer}/token`, at: context.now() });
      return sendTokenRequest(context, body, { dpop });
    };
    const response = await send(pollRequest(client, deviceCode), key);
    expect(response.body.token_type).toBe("DPoP");
    const { accessToken, refreshToken } = readTokens(response);
    expect(await context.stores.tokens.findAccessToken(digest(accessToken))).toMatchObject({ dpopJkt: key.jkt });
    const refresh = refreshRequest(client, "", refreshToken);
    expect((await send(refresh, await createDpopKey())).body.error).toBe("invalid_grant");
    expect((await send(refresh, key)).status).toBe(200);
  });

  test("RFC 8707 §2.2: the token is for the requested resources, or fewer, never for others", async () => {
    const { context, client } = await arrangeDevice();
    const [one, two, other] = [registerApi(context), registerApi(context, { scopes: ["read"] }), registerApi(context)];
    const start = async () => {
      const device = await startDevice(context, client, { resource: [one.identifier, two.identifier] });
      await answer(context, device.userCode);
      return pollRequest(client, device.deviceCode);
    };
    const all = readTokens(await sendTokenRequest(context, await start()));
    const found = await context.stores.tokens.findAccessToken(digest(all.accessToken));
    expect(found?.audience).toEqual([one.identifier, two.identifier]);
    const narrowed = readTokens(await sendTokenRequest(context, { ...(await start()), resource: two.identifier }));
    expect(narrowed.scope).toBe("read");
    const refused = await sendTokenRequest(context, { ...(await start()), resource: other.identifier });
    expect(refused.body.error).toBe("invalid_target");
  });
});
