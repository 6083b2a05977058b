import { describe, expect, test } from "vitest";
import { type ClientAuthMethod, clientAuthMethods } from "../ports/client-choices";
import { authenticateFully } from "../testing/authenticate";
import { basic, buildClientRequest, type Wire } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { InvalidClientError, InvalidRequestError } from "../wire/errors";
import { acceptedAuthMethods } from "./client-auth";

function authenticate(context: TestContext, body: Wire, authorization: string | null = null) {
  const request = buildClientRequest(body, { authorization });
  return authenticateFully(context, request);
}

describe("RFC 7591 §2: only the registered method is accepted", () => {
  test.each<[ClientAuthMethod | null, readonly string[]]>([
    [null, ["client_secret_basic", "client_secret_post"]],
    ["client_secret_basic", ["client_secret_basic"]],
    ["client_secret_post", ["client_secret_post"]],
    ["private_key_jwt", []],
  ])("%s", async (method, accepted) => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { tokenEndpointAuthMethod: method });
    const { clientId } = client;
    const attempts: Record<string, () => Promise<unknown>> = {
      client_secret_basic: () => authenticate(context, {}, basic(clientId, secret)),
      client_secret_post: () => authenticate(context, { client_id: clientId, client_secret: secret }),
      none: () => authenticate(context, { client_id: clientId }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      if (accepted.includes(name)) await expect(attempt()).resolves.toMatchObject({ clientId });
      else await expect(attempt()).rejects.toThrow(InvalidClientError);
    }
  });

  test("a public client has no choice", () => {
    expect(acceptedAuthMethods({ clientType: "public", tokenEndpointAuthMethod: null })).toEqual(["none"]);
    for (const method of clientAuthMethods) {
      expect(acceptedAuthMethods({ clientType: "confidential", tokenEndpointAuthMethod: method })).toEqual([method]);
    }
  });
});

describe("RFC 6749 §2.3: an assertion beside another method", () => {
  const assertion = { client_assertion: "a.b.c", client_assertion_type: "anything" };

  test("is an invalid_request, whatever either is worth", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { clientId } = client;
    await expect(authenticate(context, assertion, basic(clientId, secret))).rejects.toThrow(InvalidRequestError);
    const post = { client_id: clientId, client_secret: secret };
    await expect(authenticate(context, { ...assertion, ...post })).rejects.toThrow(InvalidRequestError);
  });

  test("alone but unreadable, of another type or of another client, it is an invalid_client", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const payload = Buffer.from(JSON.stringify({ sub: client.clientId })).toString("base64url");
    for (const body of [
      assertion,
      { ...assertion, client_assertion_type: type },
      { client_assertion: `e30.${payload}.x`, client_assertion_type: "urn:other" },
      { client_assertion: `e30.${payload}.x`, client_assertion_type: type, client_id: "another" },
      { client_assertion: `e30.${payload}.x`, client_assertion_type: type },
    ]) {
      await expect(authenticate(context, body)).rejects.toThrow(InvalidClientError);
    }
  });
});
