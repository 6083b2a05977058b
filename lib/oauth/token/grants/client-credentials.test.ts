import { describe, expect, test } from "vitest";
import { findClient } from "../../client/find-client";
import type { Client } from "../../ports/client";
import { addSeconds } from "../../ports/context";
import { epoch } from "../../testing/defaults";
import { basic, readTokens, sendTokenRequest, type Wire } from "../../testing/flow";
import { buildContext, registerClient, type TestContext } from "../../testing/test-context";
import { digest } from "../../wire/digest";

function registerMachine(context: TestContext, values: Partial<Client> = {}) {
  return registerClient(context, { grantTypes: ["client_credentials"], ...values });
}

describe("RFC 6749 §4.4: client credentials", () => {
  test("by Basic: exactly four keys, in order, and no refresh token (§4.4.3)", async () => {
    const context = buildContext();
    const { client, secret } = registerMachine(context, { grantTypes: ["client_credentials", "refresh_token"] });
    const authorization = basic(client.clientId, secret);
    const response = await sendTokenRequest(context, { grant_type: "client_credentials" }, { authorization });
    expect(response.status).toBe(200);
    expect(Object.entries(response.body)).toEqual([
      ["access_token", expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)],
      ["expires_in", 36_000],
      ["token_type", "Bearer"],
      ["scope", "read write"],
    ]);
  });

  test("the token represents the client, without a user or a family, and only its digest is stored", async () => {
    const context = buildContext();
    const { client, secret } = registerMachine(context);
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret, scope: "read" };
    const { accessToken } = readTokens(await sendTokenRequest(context, body));
    expect(await context.stores.tokens.findAccessToken(accessToken)).toBeNull();
    expect(await context.stores.tokens.findAccessToken(digest(accessToken))).toMatchObject({
      applicationId: client.id,
      userId: null,
      familyId: null,
      scopes: ["read"],
      createdAt: epoch,
      expiresAt: addSeconds(epoch, 36_000),
    });
  });

  test.each([
    ["unknown", "bogus", "invalid_scope"],
    ["restricted", "manage", "invalid_scope"],
    ["known and unknown", "read bogus", "invalid_scope"],
    ["malformed", "read\0", "invalid_scope"],
  ])("a scope that is %s: invalid_scope, and no token", async (_, scope, error) => {
    const context = buildContext();
    const { client, secret } = registerMachine(context);
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret, scope };
    expect(await sendTokenRequest(context, body)).toMatchObject({ status: 400, body: { error } });
  });

  test.each([["https://api.example"], [["https://a.example", "https://b.example"]], ["nope"]])(
    "RFC 8707 §2: the unregistered resource %j is an invalid_target",
    async (resource) => {
      const context = buildContext();
      const { client, secret } = registerMachine(context);
      const credentials: Wire = { client_id: client.clientId, client_secret: secret };
      const response = await sendTokenRequest(context, { grant_type: "client_credentials", ...credentials, resource });
      expect(response).toMatchObject({ status: 400, body: { error: "invalid_target" } });
    },
  );

  test("a public client has not authenticated: invalid_client", async () => {
    const context = buildContext();
    const { client } = registerMachine(context, { clientType: "public" });
    const response = await sendTokenRequest(context, { grant_type: "client_credentials", client_id: client.clientId });
    expect(response).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test("a client that registered itself is kept after its first token; a deleted one gets none", async () => {
    const context = buildContext();
    const { client, secret } = registerMachine(context, { registeredDynamically: true, expiresAt: context.now() });
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
    const { keep } = context.stores.clients;
    context.stores.clients.keep = async () => false;
    expect(await sendTokenRequest(context, body)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    context.stores.clients.keep = keep;
    expect((await sendTokenRequest(context, body)).status).toBe(200);
    expect((await findClient(context.stores.clients, client.clientId))?.expiresAt).toBeNull();
  });

  test("two requests get two tokens, both valid", async () => {
    const context = buildContext();
    const { client, secret } = registerMachine(context);
    const body = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
    const [one, other] = await Promise.all([sendTokenRequest(context, body), sendTokenRequest(context, body)]);
    const hashes = [one, other].map((response) => digest(readTokens(response).accessToken));
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) expect(await context.stores.tokens.findAccessToken(hash)).not.toBeNull();
  });
});
