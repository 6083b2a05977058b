import { describe, expect, test } from "vitest";

import { InvalidClientError, TooManyRequestsError } from "./errors";
import { authenticateFully } from "./testing/authenticate";
import { basic, buildClientRequest } from "./testing/flow";
import { buildContext, registerClient, type TestContext } from "./testing/test-context";

function authenticate(context: TestContext, clientId: string, secret: string, network = "192.0.2.1") {
  const request = buildClientRequest({}, { authorization: basic(clientId, secret), network });
  return authenticateFully(context, request);
}

async function fail(context: TestContext, clientId: string, times: number, network?: string) {
  for (let time = 0; time < times; time++) {
    await expect(authenticate(context, clientId, "wrong", network)).rejects.toThrow(InvalidClientError);
  }
}

describe("OAuth 2.1 §7.2: guessing is limited", () => {
  test("after 30 failures one network is not listened to at this client, until the window ends", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    await fail(context, client.clientId, 30);
    const refused = await authenticate(context, client.clientId, secret).catch((error) => error);
    expect(refused).toBeInstanceOf(TooManyRequestsError);
    expect(refused).toMatchObject({ status: 429, retryAfter: 300, headers: { "Retry-After": "300" } });
    context.clock.advance(300);
    await expect(authenticate(context, client.clientId, secret)).resolves.toMatchObject({ id: client.id });
  });

  test("the client goes on from elsewhere, and others from there", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    await fail(context, one.client.clientId, 30);
    await expect(authenticate(context, one.client.clientId, one.secret, "192.0.2.2")).resolves.toBeDefined();
    await expect(authenticate(context, other.client.clientId, other.secret)).resolves.toBeDefined();
  });

  test("right credentials count for nothing", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    for (let time = 0; time < 40; time++) await authenticate(context, client.clientId, secret);
    await fail(context, client.clientId, 1);
  });

  test("600 failures of one network at many clients: each further one is told to wait, the right ones are served", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { client: another } = registerClient(context);
    for (let number = 0; number < 60; number++) await fail(context, registerClient(context).client.clientId, 10);
    await expect(authenticate(context, another.clientId, "wrong")).rejects.toThrow(TooManyRequestsError);
    await expect(authenticate(context, client.clientId, secret)).resolves.toBeDefined();
    await expect(authenticate(context, another.clientId, "wrong", "2001:db8::/64")).rejects.toThrow(InvalidClientError);
  });

  test("ids that name no client are counted under one key for each network, however many are made up", async () => {
    const context = buildContext();
    const keys = new Set<string>();
    const { count } = context.stores.attempts;
    context.stores.attempts.count = (attempts, now) => {
      for (const [key] of attempts) keys.add(key);
      return count(attempts, now);
    };
    for (let number = 0; number < 30; number++) await fail(context, `unknown-${number}`, 1);
    await expect(authenticate(context, "unknown-30", "wrong")).rejects.toThrow(TooManyRequestsError);
    expect(keys.size).toBe(2);
  });

  test("once blocked, a flood costs storage two reads and no write", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    await fail(context, client.clientId, 30);
    context.stores.attempts.count = async () => {
      throw new Error("counted");
    };
    await expect(authenticate(context, client.clientId, "wrong")).rejects.toThrow(TooManyRequestsError);
  });
});
