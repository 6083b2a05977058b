import { describe, expect, test } from "vitest";
import { registerTv, sendDeviceRequest } from "../testing/device-flow";
import { createDpopKey, createProof } from "../testing/dpop-proof";
import { buildPkce, pageError, sendAuthorization, sendTokenRequest, signedOut } from "../testing/flow";
import { push, requestOf } from "../testing/pushing";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import type { Client } from "./client";

/** A context in which so many places are left, and what was asked for them. */
function buildFullContext(places = 0) {
  const context = buildContext();
  const asked: { kind: string; applicationId: string; weight: number }[] = [];
  context.admit = (kind, applicationId, weight) => {
    asked.push({ kind, applicationId, weight });
    return asked.length > places ? 120 : 0;
  };
  return { context, asked };
}

const tooMany = { status: 429, headers: { "Retry-After": "120" }, body: { error: "invalid_request" } };
const pkce = () => ({ code_challenge: buildPkce().challenge, code_challenge_method: "S256" });

describe("what anyone who knows a client_id can have stored is limited", () => {
  test("RFC 9126 §2.3: pushed requests of a public client", async () => {
    const { context, asked } = buildFullContext(1);
    const { client } = registerClient(context, { clientType: "public" });
    const request = { ...requestOf(client, ""), client_secret: undefined, ...pkce() };
    expect((await push(context, request)).status).toBe(201);
    context.stores.pushedRequests.create = () => Promise.reject(new Error("stored"));
    expect(await push(context, request)).toMatchObject(tooMany);
    expect(asked).toMatchObject([{ kind: "pushed_request", applicationId: client.id, weight: 1 }, {}]);
  });

  test("a longer request counts for more", async () => {
    const { context, asked } = buildFullContext(1);
    const { client } = registerClient(context, { clientType: "public" });
    await push(context, {
      ...requestOf(client, ""),
      client_secret: undefined,
      ...pkce(),
      state: "x".repeat(4000),
      ignored: "y".repeat(50_000),
    });
    expect(asked[0]?.weight).toBe(5);
  });

  test("device authorizations of a public client", async () => {
    const { context } = buildFullContext(1);
    const { client } = registerTv(context);
    expect((await sendDeviceRequest(context, { client_id: client.clientId })).status).toBe(200);
    expect(await sendDeviceRequest(context, { client_id: client.clientId })).toMatchObject(tooMany);
  });

  test("DPoP proofs of a public client: a refused one is not remembered", async () => {
    const { context } = buildFullContext();
    const { client } = registerClient(context, { clientType: "public" });
    const key = await createDpopKey();
    const proof = await createProof(key, { method: "POST", uri: `${context.issuer}/par`, at: context.now() });
    context.stores.usedJtis.use = () => Promise.reject(new Error("stored"));
    const request = { ...requestOf(client, ""), client_secret: undefined, ...pkce() };
    expect(await push(context, request, { dpop: proof })).toMatchObject(tooMany);
  });

  test("tokens that a client which registered itself gets for itself", async () => {
    const { context, asked } = buildFullContext(1);
    const values = { grantTypes: ["client_credentials"], registeredDynamically: true };
    const { client, secret } = registerClient(context, values);
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
    expect((await sendTokenRequest(context, body)).status).toBe(200);
    expect(await sendTokenRequest(context, body)).toMatchObject(tooMany);
    expect(asked[0]).toMatchObject({ kind: "token" });
  });

  test("requests that wait for sign-in, of any client: 429 on a page, never a redirect", async () => {
    const { context } = buildFullContext(1);
    const { client } = registerClient(context);
    expect(await sendAuthorization(context, client, signedOut())).toMatchObject({ kind: "login" });
    const error = pageError(await sendAuthorization(context, client, signedOut()));
    expect(error).toMatchObject({ error: "temporarily_unavailable", status: 429, headers: tooMany.headers });
    expect(error.reason).toBe("too_many_requests");
  });

  test("what is answered immediately takes no place: prompt=none, an error", async () => {
    const { context, asked } = buildFullContext();
    const { client } = registerClient(context);
    await sendAuthorization(context, client, signedOut(), { prompt: "none" });
    await sendAuthorization(context, client, signedOut(), { response_type: "token" });
    expect(asked).toEqual([]);
  });

  test.each<[string, (context: TestContext, client: Client, secret: string) => Promise<{ status: number }>]>([
    ["pushes", (context, client, secret) => push(context, requestOf(client, secret))],
    [
      "starts devices",
      (context, { clientId }, secret) => sendDeviceRequest(context, { client_id: clientId, client_secret: secret }),
    ],
    [
      "gets tokens",
      (context, { clientId }, secret) =>
        sendTokenRequest(context, { grant_type: "client_credentials", client_id: clientId, client_secret: secret }),
    ],
  ])("a client that authenticates, and that someone here has registered, %s without a bound", async (_what, send) => {
    const { context } = buildFullContext();
    const device = "urn:ietf:params:oauth:grant-type:device_code";
    const grantTypes = ["authorization_code", "client_credentials", device];
    const { client, secret } = registerClient(context, { grantTypes });
    expect((await send(context, client, secret)).status).toBeLessThan(300);
  });
});
