import { describe, expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { epoch } from "../../testing/defaults";
import {
  codeRequest,
  isGood,
  obtainCode,
  obtainPkceCode,
  readTokens,
  refreshRequest,
  refusal,
  sendTokenRequest,
} from "../../testing/flow";
import { buildContext, registerClient } from "../../testing/test-context";

describe("RFC 6749 §4.1.2, RFC 9700 §4.2.4: a code works once", () => {
  test("the replay is refused, ends the tokens issued for it, and leaves one audit event", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    const tokens = readTokens(await sendTokenRequest(context, body));
    expect(await isGood(context, tokens)).toBe(true);
    context.clock.advance(1);
    expect(await refusal(context, body)).toBe("invalid_grant");
    expect(await isGood(context, tokens)).toBe(false);
    expect(await refusal(context, refreshRequest(client, secret, tokens.refreshToken))).toBe("invalid_grant");
    expect(await refusal(context, body)).toBe("invalid_grant");
    expect(context.stores.auditEvents().filter(({ type }) => type === "authorization_code.replayed")).toEqual([
      {
        type: "authorization_code.replayed",
        at: addSeconds(epoch, 1),
        userId: context.user.id,
        applicationId: client.id,
      },
    ]);
  });

  test("also after it has expired, and after the tokens were refreshed", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    const first = readTokens(await sendTokenRequest(context, body));
    const second = readTokens(await sendTokenRequest(context, refreshRequest(client, secret, first.refreshToken)));
    context.clock.advance(3600);
    expect(await refusal(context, body)).toBe("invalid_grant");
    expect(await isGood(context, second)).toBe(false);
  });

  test("another grant of the same user to the same client is left alone", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    await sendTokenRequest(context, body);
    const other = readTokens(
      await sendTokenRequest(context, codeRequest(client, secret, await obtainCode(context, client))),
    );
    await sendTokenRequest(context, body);
    expect(await isGood(context, other)).toBe(true);
  });

  test("OAuth 2.1 §4.1.3: a replay that can't have been the client's own revokes nothing", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const { code, body } = await obtainPkceCode(context, one.client, one.secret);
    const tokens = readTokens(await sendTokenRequest(context, body));
    for (const replay of [
      { ...body, client_secret: "wrong" },
      { ...body, client_id: other.client.clientId, client_secret: other.secret },
      { ...codeRequest(other.client, other.secret, code) },
      { ...body, redirect_uri: "https://evil.example/cb" },
      { ...body, code_verifier: "a".repeat(43) },
      { ...body, code_verifier: undefined },
      { ...body, resource: "https://api.example" },
    ]) {
      expect((await sendTokenRequest(context, replay)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await isGood(context, tokens)).toBe(true);
    readTokens(await sendTokenRequest(context, refreshRequest(one.client, one.secret, tokens.refreshToken)));
  });

  test("of 50 parallel redemptions one succeeds, and its tokens end with the first replay", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    const responses = await Promise.all(Array.from({ length: 50 }, () => sendTokenRequest(context, body)));
    const succeeded = responses.filter(({ status }) => status === 200);
    expect(succeeded).toHaveLength(1);
    for (const response of responses) if (response.status !== 200) expect(response.body.error).toBe("invalid_grant");
    for (const response of succeeded) expect(await isGood(context, readTokens(response))).toBe(false);
    expect(context.stores.auditEvents().filter(({ type }) => type === "authorization_code.replayed")).toHaveLength(1);
  });
});
