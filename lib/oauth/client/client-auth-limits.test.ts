import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { answerIntrospectionRequest } from "../access/introspection";
import { answerRevocationRequest } from "../access/revocation";
import { answerPushedAuthorizationRequest } from "../authorize/pushed-authorization";
import { answerDeviceAuthorizationRequest } from "../device/device-authorization";
import type { Client } from "../ports/client";
import { deviceCodeGrant } from "../ports/types";
import { authenticateFully } from "../testing/authenticate";
import { buildSecret } from "../testing/builders";
import { createFapiClient } from "../testing/fapi-client";
import { basic, buildClientRequest, type Wire } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { answerTokenRequest } from "../token/token";
import { digest, generateClientSecret } from "../wire/digest";
import { InvalidClientError, TooManyRequestsError } from "../wire/errors";
import type { ProtocolResponse } from "../wire/messages";

function authenticate(context: TestContext, clientId: string, secret: string, network = "192.0.2.1") {
  return authenticateFully(context, buildClientRequest({}, { authorization: basic(clientId, secret), network }));
}

async function fail(context: TestContext, clientId: string, times: number, network?: string, wrong = () => "wrong") {
  for (let time = 0; time < times; time++) {
    await expect(authenticate(context, clientId, wrong(), network)).rejects.toThrow(InvalidClientError);
  }
}

/** A client whose secret was chosen by hand. */
function registerChosen(context: TestContext, values: Partial<Client> = {}) {
  const secret = "correct horse battery staple 2026";
  const { record } = buildSecret({ hash: digest(secret) });
  return { ...registerClient(context, { secrets: [record], ...values }), secret };
}

/** How often storage is asked about attempts, and how often it is told of one. */
function countQueries(context: TestContext) {
  const queries = { wait: 0, count: 0 };
  const { wait, count } = context.stores.attempts;
  context.stores.attempts = {
    wait(...given) {
      queries.wait += 1;
      return wait(...given);
    },
    count(...given) {
      queries.count += 1;
      return count(...given);
    },
  };
  return queries;
}

describe("OAuth 2.1 §7.2: correct credentials that can't be guessed are always accepted", () => {
  test("a generated secret, after any number of failures at this client from this network", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    await fail(context, client.clientId, 30);
    for (const wrong of ["wrong", generateClientSecret()]) {
      for (let time = 0; time < 40; time++) await authenticate(context, client.clientId, wrong).catch(() => {});
      await expect(authenticate(context, client.clientId, wrong)).rejects.toThrow(TooManyRequestsError);
    }
    await expect(authenticate(context, client.clientId, secret)).resolves.toMatchObject({ id: client.id });
  });

  test("after 600 failures of the network at many clients", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    for (let number = 0; number < 20; number++) await fail(context, registerClient(context).client.clientId, 30);
    await expect(authenticate(context, client.clientId, "wrong")).rejects.toThrow(TooManyRequestsError);
    await expect(authenticate(context, client.clientId, secret)).resolves.toBeDefined();
    await expect(authenticate(context, client.clientId, "wrong", "2001:db8::/64")).rejects.toThrow(InvalidClientError);
  });

  test("without a query about attempts", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const queries = countQueries(context);
    for (let time = 0; time < 40; time++) await authenticate(context, client.clientId, secret);
    expect(queries).toEqual({ wait: 0, count: 0 });
    await fail(context, client.clientId, 1);
  });

  test("an assertion, after any number of wrong ones", async () => {
    const context = buildContext();
    const { client, authenticate: sign } = await createFapiClient(context);
    const send = async (claims?: Record<string, unknown>) =>
      authenticateFully(context, buildClientRequest(await sign(claims)));
    for (let time = 0; time < 30; time++) await expect(send({ aud: "x" })).rejects.toThrow(InvalidClientError);
    await expect(send({ aud: "x" })).rejects.toThrow(TooManyRequestsError);
    await expect(send()).resolves.toMatchObject({ id: client.id });
  });

  test("a public client, which has none to guess", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    for (let time = 0; time < 40; time++) await authenticate(context, client.clientId, "wrong").catch(() => {});
    const request = buildClientRequest({ client_id: client.clientId });
    await expect(authenticateFully(context, request)).resolves.toMatchObject({ id: client.id });
  });

  type Answer = typeof answerTokenRequest;
  test.each<[string, Answer, Wire, number]>([
    ["token", answerTokenRequest, { grant_type: "client_credentials" }, 200],
    ["introspection", answerIntrospectionRequest, { token: "x" }, 200],
    ["revocation", answerRevocationRequest, { token: "x" }, 200],
    ["device authorization", answerDeviceAuthorizationRequest, {}, 200],
    ["pushed request", answerPushedAuthorizationRequest, { response_type: "code" }, 201],
  ])(
    "attack: a replica with an old secret doesn't shut the right one out of %s",
    async (_name, answer, body, status) => {
      const context = buildContext();
      const grantTypes = ["authorization_code", "client_credentials", deviceCodeGrant];
      const { client, secret } = registerClient(context, { grantTypes });
      const send = (presented: string): Promise<ProtocolResponse> =>
        answer(context, buildClientRequest(body, { authorization: basic(client.clientId, presented) }));
      const old = generateClientSecret();
      for (let time = 0; time < 30; time++) expect(await send(old)).toMatchObject({ status: 401 });
      expect(await send(old)).toMatchObject({ status: 429, headers: { "Retry-After": "300" } });
      expect(await send(secret)).toMatchObject({ status });
    },
  );
});

describe("OAuth 2.1 §7.2: guesses of chosen secrets are limited", () => {
  test("after 30 guesses from one network even the correct one isn't compared, until the window ends", async () => {
    const context = buildContext();
    const { client, secret } = registerChosen(context);
    await expect(authenticate(context, client.clientId, secret)).resolves.toMatchObject({ id: client.id });
    await fail(context, client.clientId, 30);
    const refused = await authenticate(context, client.clientId, secret).catch((error) => error);
    expect(refused).toBeInstanceOf(TooManyRequestsError);
    expect(refused).toMatchObject({ status: 429, retryAfter: 300, headers: { "Retry-After": "300" } });
    context.clock.advance(300);
    await expect(authenticate(context, client.clientId, secret)).resolves.toMatchObject({ id: client.id });
  });

  test("the client can authenticate from elsewhere, and others from there", async () => {
    const context = buildContext();
    const [one, other] = [registerChosen(context), registerChosen(context)];
    await fail(context, one.client.clientId, 30);
    await expect(authenticate(context, one.client.clientId, one.secret, "192.0.2.2")).resolves.toBeDefined();
    await expect(authenticate(context, other.client.clientId, other.secret)).resolves.toBeDefined();
  });

  test("attack: a network that has used up its own limit gets no more guesses than others", async () => {
    const context = buildContext();
    const { client, secret } = registerChosen(context);
    for (let number = 0; number < 20; number++) await fail(context, registerClient(context).client.clientId, 30);
    await expect(authenticate(context, client.clientId, secret)).resolves.toBeDefined();
    for (let time = 0; time < 30; time++) {
      await expect(authenticate(context, client.clientId, `${time}`)).rejects.toThrow(TooManyRequestsError);
    }
    await expect(authenticate(context, client.clientId, secret)).rejects.toThrow(TooManyRequestsError);
  });

  test("wrong secrets of the generated form don't count as guesses", async () => {
    const context = buildContext();
    const { client, secret } = registerChosen(context);
    await fail(context, client.clientId, 30, undefined, generateClientSecret);
    await expect(authenticate(context, client.clientId, secret)).resolves.toBeDefined();
  });

  test("beside a generated one, which is accepted meanwhile", async () => {
    const context = buildContext();
    const generated = buildSecret();
    const chosen = buildSecret({ hash: digest("a secret that somebody chose, once upon a time") });
    const { client } = registerClient(context, { secrets: [chosen.record, generated.record] });
    await fail(context, client.clientId, 30);
    await expect(authenticate(context, client.clientId, generated.secret)).resolves.toBeDefined();
  });

  test("RFC 7617: credentials with two readings fail once, and are accepted by the second within the limit", async () => {
    const context = buildContext();
    const secret = "a+chosen%secret+with%20both+of+them";
    const { record } = buildSecret({ hash: digest(secret) });
    const { client } = registerClient(context, { secrets: [record] });
    const send = (text: string) => {
      const authorization = `Basic ${Buffer.from(`${client.clientId}:${text}`).toString("base64")}`;
      return authenticateFully(context, buildClientRequest({}, { authorization, network: "192.0.2.1" }));
    };
    const queries = countQueries(context);
    await expect(send(secret)).resolves.toMatchObject({ id: client.id });
    expect(queries).toEqual({ wait: 1, count: 0 });
    for (let time = 0; time < 30; time++) await expect(send("wrong+one%20")).rejects.toThrow(InvalidClientError);
    for (const again of ["wrong+one%20", secret]) await expect(send(again)).rejects.toThrow(TooManyRequestsError);
  });

  test("attack: guesses at a client whose ID is the other reading of a paused one count as well", async () => {
    const context = buildContext();
    const [paused, target] = [{ clientId: "a b" }, { clientId: "a+b" }].map((id) => registerChosen(context, id));
    if (!paused || !target) throw new Error("two clients");
    await fail(context, paused.client.clientId, 30);
    for (let time = 0; time < 30; time++) {
      const authorization = `Basic ${Buffer.from(`a+b:guess ${time}`).toString("base64")}`;
      const request = buildClientRequest({}, { authorization, network: "192.0.2.1" });
      await expect(authenticateFully(context, request)).rejects.toThrow(TooManyRequestsError);
    }
    await expect(authenticate(context, "a+b", target.secret)).rejects.toThrow(TooManyRequestsError);
  });

  test("a correct one costs one read about attempts and no write", async () => {
    const context = buildContext();
    const { client, secret } = registerChosen(context);
    const queries = countQueries(context);
    await authenticate(context, client.clientId, secret);
    expect(queries).toEqual({ wait: 1, count: 0 });
  });
});

describe("what failures cost", () => {
  test("IDs of no client are counted under one key per network, however many are invented", async () => {
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

  test("once blocked, a flood of guesses costs two reads and no write", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    await fail(context, client.clientId, 30);
    const queries = countQueries(context);
    await expect(authenticate(context, client.clientId, randomUUID())).rejects.toThrow(TooManyRequestsError);
    expect(queries).toEqual({ wait: 1, count: 0 });
  });

  test("of 60 wrong ones at the same time, 30 get 401 and the others 429", async () => {
    const context = buildContext();
    const { client } = registerChosen(context);
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => authenticate(context, client.clientId, `guess ${index}`)),
    );
    const errors = answers.map((answer) => (answer.status === "rejected" ? answer.reason.status : 200));
    expect(errors.filter((status) => status === 401)).toHaveLength(30);
    expect(errors.filter((status) => status === 429)).toHaveLength(30);
  });
});
