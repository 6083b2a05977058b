import { UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { formEncode, pageError, redirectParameters, sendAuthorization, signIn, type Wire } from "../testing/flow";
import { follow, push, requestOf } from "../testing/pushing";
import { createClientKeys, signRequestObject } from "../testing/request-object";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { authorize } from "./authorize";

let keys: Awaited<ReturnType<typeof createClientKeys>>;
let foreign: typeof keys;

beforeAll(async () => {
  [keys, foreign] = await Promise.all([createClientKeys(), createClientKeys()]);
});

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  const registered = registerClient(context, { skipConsent: true, jwks: keys.jwks, ...values });
  return { context, ...registered };
}

/** With every consent given: the parameters of the response. */
async function ask(context: TestContext, client: Client, parameters: Wire): Promise<Record<string, string>> {
  return redirectParameters(
    await sendAuthorization(context, client, signIn(context), { state: "outside", ...parameters }),
  );
}

const refused = { error: "invalid_request_object", state: "outside" };

describe("RFC 9101: request objects by value", () => {
  test("only the parameters inside count", async () => {
    const { context, client } = arrange();
    const request = await signRequestObject(context, client, keys);
    expect(await ask(context, client, { request })).toMatchObject({ code: expect.any(String), state: "inside" });
    const outcome = await authorize(context, formEncode({ client_id: client.clientId, request }), signIn(context));
    expect(redirectParameters(outcome)).toHaveProperty("code");
    const stateless = await signRequestObject(context, client, keys, { state: undefined });
    expect(await ask(context, client, { request: stateless })).not.toHaveProperty("state");
  });

  test("OpenID Connect Core §6.1: in an OpenID request, missing parameters are taken from outside", async () => {
    const { context, client } = arrange();
    context.stores.saveScope({ name: "openid", description: "Sign you in", isDefault: false, isRestricted: false });
    const stateless = await signRequestObject(context, client, keys, { state: undefined, prompt: "none" });
    const openid = { scope: "openid", request: stateless, prompt: "login" };
    expect(await ask(context, client, openid)).toMatchObject({ code: expect.any(String), state: "outside" });
    context.stores.saveClient({ ...client, requireSignedRequestObject: true });
    expect(await ask(context, client, openid)).not.toHaveProperty("state");
  });

  test("values that aren't text arrive as intended", async () => {
    const { context, client } = arrange();
    const request = await signRequestObject(context, client, keys, { max_age: 0, prompt: "none", nonce: null });
    expect(await ask(context, client, { request })).toMatchObject({ error: "login_required", state: "inside" });
  });

  test.each([
    ["for another server", { aud: "https://other.example" }],
    ["of another issuer", { iss: "somebody" }],
    ["of another client", { client_id: "somebody" }],
    ["that has expired", { exp: 1_000_000_000 }],
    ["that is not yet good", { nbf: 4_000_000_000 }],
    ["with another one in it", { request: "e30.e30." }],
    ["that refers to another one", { request_uri: "https://app.example/r" }],
    ["with text that is none", { state: "\ud800" }],
    ["whose exp is text", { exp: "tomorrow" }],
  ])("one %s is refused, which is told beside it", async (_name, claims) => {
    const { context, client } = arrange();
    const request = await signRequestObject(context, client, keys, claims);
    expect(await ask(context, client, { request })).toMatchObject(refused);
  });

  test("RFC 9101 §10.8: a client assertion isn't a request object", async () => {
    const { context, client } = arrange();
    const request = await signRequestObject(context, client, keys, { sub: client.clientId });
    expect(await ask(context, client, { request })).toMatchObject(refused);
  });

  test.each([{ typ: "at+jwt" }, { typ: "dpop+jwt" }, { crit: ["b64"], b64: true }])(
    "nor a JWT with %j",
    async (header) => {
      const { context, client } = arrange();
      const request = await signRequestObject(context, client, keys, {}, header);
      expect(await ask(context, client, { request })).toMatchObject(refused);
    },
  );

  test("unsigned, foreign and unreadable ones are refused; an embedded key isn't used", async () => {
    const { context, client } = arrange();
    const unsigned = new UnsecuredJWT({ client_id: client.clientId, response_type: "code" }).encode();
    const jwk = foreign.jwks.keys[0];
    const objects = [
      unsigned,
      await signRequestObject(context, client, foreign),
      await signRequestObject(context, client, foreign, {}, { jwk }),
      (await signRequestObject(context, client, keys)).replace(/\.[^.]+$/, "."),
      "e30.e30.",
      "x",
      "a.b.c.d.e",
    ];
    for (const request of objects) expect(await ask(context, client, { request })).toMatchObject(refused);
  });

  test("only the algorithm that the client has registered", async () => {
    const { context, client } = arrange({ requestObjectSigningAlg: "PS256" });
    const request = await signRequestObject(context, client, keys);
    expect(await ask(context, client, { request })).toMatchObject(refused);
    context.stores.saveClient({ ...client, requestObjectSigningAlg: "ES256" });
    expect(await ask(context, client, { request })).toHaveProperty("code");
  });

  test("no response goes to an address that is registered neither inside nor outside", async () => {
    const { context, client } = arrange();
    const evil = "https://evil.example/cb";
    const request = await signRequestObject(context, client, keys, { redirect_uri: evil });
    pageError(await sendAuthorization(context, client, signIn(context), { request }));
    pageError(await sendAuthorization(context, client, signIn(context), { request: "x", redirect_uri: evil }));
    const good = await signRequestObject(context, client, keys);
    expect(await ask(context, client, { request: good, redirect_uri: evil })).toHaveProperty("code");
  });

  test("RFC 9101 §10.5: a client that has to sign is refused without", async () => {
    const { context, client, secret } = arrange({ requireSignedRequestObject: true });
    expect(await ask(context, client, {})).toMatchObject({ error: "invalid_request" });
    expect(await push(context, requestOf(client, secret))).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
    expect(await ask(context, client, { request: await signRequestObject(context, client, keys) })).toHaveProperty(
      "code",
    );
  });

  test("if they are disabled, the error says so", async () => {
    const { context, client } = arrange({ requestUris: ["https://app.example/r"] });
    context.settings = { ...context.settings, requestParameter: false, requestUriParameter: false };
    context.requestObjects = { fetch: () => Promise.reject(new Error("fetched")) };
    const request = await signRequestObject(context, client, keys);
    expect(await ask(context, client, { request })).toMatchObject({ error: "request_not_supported", state: "outside" });
    const request_uri = "https://app.example/r";
    expect(await ask(context, client, { request_uri })).toMatchObject({ error: "request_uri_not_supported" });
  });
});

describe("RFC 9101 §5.2, OpenID Connect Core §6.2: request objects by reference", () => {
  const published = "https://app.example/request";

  function publish(context: TestContext, object: string | null): string[] {
    const fetched: string[] = [];
    context.requestObjects.fetch = async (uri) => {
      fetched.push(uri);
      return object;
    };
    return fetched;
  }

  test("a registered one is fetched, whatever its fragment, which names a version", async () => {
    const { context, client } = arrange({ requestUris: [published] });
    const fetched = publish(context, `${await signRequestObject(context, client, keys)}\n`);
    for (const request_uri of [published, `${published}#version`]) {
      expect(await ask(context, client, { request_uri })).toMatchObject({ code: expect.any(String), state: "inside" });
    }
    expect(fetched).toEqual([published, `${published}#version`]);
  });

  test("RFC 9101 §6: a cached one is verified each time, including its times", async () => {
    const { context, client } = arrange({ requestUris: [published] });
    publish(context, await signRequestObject(context, client, keys, { exp: context.now().getTime() / 1000 + 60 }));
    expect(await ask(context, client, { request_uri: published })).toHaveProperty("code");
    context.clock.advance(100);
    expect(await ask(context, client, { request_uri: published })).toMatchObject(refused);
    publish(context, await signRequestObject(context, client, foreign));
    expect(await ask(context, client, { request_uri: published })).toMatchObject(refused);
  });

  test.each([
    "https://app.example/other",
    "https://app.example/request/",
    "https://app.example/request?x",
    "http://169.254.169.254/latest",
    "file:///etc/passwd",
    "urn:example:request",
  ])("nothing is fetched from %s, which is not", async (request_uri) => {
    const { context, client } = arrange({ requestUris: [published] });
    const fetched = publish(context, await signRequestObject(context, client, keys));
    expect(await ask(context, client, { request_uri })).toMatchObject({
      error: "invalid_request_uri",
      state: "outside",
    });
    expect(fetched).toEqual([]);
  });

  test("one that is unavailable, invalid, or sent with another", async () => {
    const { context, client } = arrange({ requestUris: [published] });
    publish(context, null);
    expect(await ask(context, client, { request_uri: published })).toMatchObject({ error: "invalid_request_uri" });
    publish(context, "<html>");
    expect(await ask(context, client, { request_uri: published })).toMatchObject(refused);
    const both = { request_uri: published, request: "x" };
    expect(await ask(context, client, both)).toMatchObject({ error: "invalid_request" });
  });

  test("for a browser without an ID nothing is fetched", async () => {
    const { context, client } = arrange({ requestUris: [published] });
    const fetched = publish(context, null);
    const query = formEncode({ client_id: client.clientId, request_uri: published });
    expect((await authorize(context, query, { browserId: "", session: null })).kind).toBe("unknown-browser");
    expect(fetched).toEqual([]);
  });
});

describe("RFC 9126 §3: pushed request objects", () => {
  test("the parameters inside are what was pushed", async () => {
    const { context, client, secret } = arrange();
    const request = await signRequestObject(context, client, keys);
    const answer = await push(context, { client_id: client.clientId, client_secret: secret, request });
    expect(answer.status).toBe(201);
    const requestUri = String((answer.body as Record<string, unknown>).request_uri);
    expect(redirectParameters(await follow(context, client, requestUri))).toMatchObject({ state: "inside" });
  });

  test("a refused one is reported to the client, and a request_uri can't be pushed", async () => {
    const { context, client, secret } = arrange({ requestUris: ["https://app.example/r"] });
    const foreignObject = await signRequestObject(context, client, foreign);
    const pushed = await push(context, requestOf(client, secret, { request: foreignObject }));
    expect(pushed).toMatchObject({ status: 400, body: { error: "invalid_request_object" } });
    const referred = await push(context, requestOf(client, secret, { request_uri: "https://app.example/r" }));
    expect(referred).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});
