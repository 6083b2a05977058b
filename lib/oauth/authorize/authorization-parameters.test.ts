import { afterEach, expect, test, vi } from "vitest";
import { follow, obtainRequestUri, push, requestOf } from "../testing/pushing";
import { buildContext, registerClient } from "../testing/test-context";
import { Parameters } from "../wire/parameters";
import { checkLengths, formatAuthorizationRequest } from "./authorization-parameters";

afterEach(() => vi.restoreAllMocks());

const parse = (values: Record<string, string>) => Parameters.parse(new URLSearchParams(values).toString());

test("every parameter that is read from a pushed request is stored with it", async () => {
  const context = buildContext();
  const { client, secret } = registerClient(context);
  const requestUri = await obtainRequestUri(context, client, secret, { scope: "read" });
  const read = new Set<string>();
  const { get, getAll } = Parameters.prototype;
  vi.spyOn(Parameters.prototype, "get").mockImplementation(function (this: Parameters, name) {
    read.add(name);
    return get.call(this, name);
  });
  vi.spyOn(Parameters.prototype, "getAll").mockImplementation(function (this: Parameters, name) {
    read.add(name);
    return getAll.call(this, name);
  });
  await follow(context, client, requestUri);
  vi.restoreAllMocks();
  // It stands in the address, beside what was pushed.
  read.delete("request_uri");
  expect(read.size).toBeGreaterThan(15);
  const kept = formatAuthorizationRequest(parse(Object.fromEntries([...read].map((name) => [name, "x"]))));
  expect(new Set(new URLSearchParams(kept).keys())).toEqual(read);
});

test("nothing else is, including the client's credentials", () => {
  const sent = {
    scope: "read",
    state: "a b",
    client_secret: "secret",
    client_assertion: "jwt",
    request: "jwt",
    x: "y",
  };
  expect(formatAuthorizationRequest(parse(sent))).toBe("scope=read&state=a+b");
});

test("unknown parameters of a pushed request are not stored, whatever their length", async () => {
  const context = buildContext();
  const { client, secret } = registerClient(context);
  const { create } = context.stores.pushedRequests;
  const lengths: number[] = [];
  context.stores.pushedRequests.create = (request) => {
    lengths.push(JSON.stringify(request).length);
    return create(request);
  };
  const answer = await push(context, requestOf(client, secret, { ignored: "x".repeat(100_000), constructor: "y" }));
  expect(answer.status).toBe(201);
  expect(lengths[0]).toBeLessThan(500);
});

test.each([
  ["state", 4096],
  ["nonce", 1024],
  ["login_hint", 1024],
  ["ui_locales", 512],
  ["acr_values", 1024],
])("%s may have %i characters", async (name, maximum) => {
  const context = buildContext();
  const { client, secret } = registerClient(context);
  const send = (length: number) => push(context, requestOf(client, secret, { [name]: "x".repeat(length) }));
  expect((await send(maximum)).status).toBe(201);
  expect(await send(maximum + 1)).toMatchObject({ status: 400, body: { error: "invalid_request" } });
});

test("their total length is limited as well, in bytes as sent", () => {
  const claims = JSON.stringify({ userinfo: { email: null } });
  expect(() => checkLengths(parse({ state: "x".repeat(4096), nonce: "y".repeat(1024), claims }))).not.toThrow();
  expect(() => checkLengths(parse({ state: "é".repeat(4096) }))).toThrow("too long altogether");
  expect(() => checkLengths(parse({ state: "é".repeat(1000), other: "x".repeat(100_000) }))).not.toThrow();
});
