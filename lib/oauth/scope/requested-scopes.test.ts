import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import type { Api } from "../ports/types";
import { buildApi, buildClient, buildScope } from "../testing/builders";
import { answer, poll, registerTv, startDevice } from "../testing/device-flow";
import {
  codeRequest,
  obtainCode,
  readTokens,
  redirectParameters,
  refreshRequest,
  sendAuthorization,
  sendTokenRequest,
  signIn,
} from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { InvalidScopeError } from "../wire/errors";
import { resolveScopes, resolveUserScopes } from "./requested-scopes";
import { isScopeAllowed } from "./scope";

const known = [
  buildScope("files"),
  buildScope("mail"),
  buildScope("read", { isDefault: true }),
  buildScope("admin", { isRestricted: true }),
];

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  for (const scope of known) context.stores.saveScope(scope);
  return { context, ...registerClient(context, values) };
}

describe("RFC 6749 §3.3: a request that names an API and no scope", () => {
  const [files, mixed] = [buildApi({ scopes: ["files", "admin"] }), buildApi({ scopes: ["mail", "admin", "files"] })];

  const own = { registeredDynamically: true };
  const invalid = "invalid_scope";

  test.each([
    ["what anyone may have of it", [files], {}, "files"],
    ["of each", [files, mixed], {}, "files mail"],
    // A restricted scope has to be named, even by a client that may have it.
    ["nothing restricted", [files], { allowedScopes: ["files", "admin"] }, "files"],
    ["nothing off the list", [mixed], { allowedScopes: ["mail", "read"] }, "mail"],
    ["nothing but what the client may have", [files], { allowedScopes: ["read"] }, invalid],
    ["nothing restricted or deleted", [buildApi({ scopes: ["admin", "gone"] })], {}, invalid],
    ["without an API the default scopes", [], {}, "read"],
    ["the default scopes if it understands one", [buildApi({ scopes: ["mail", "read", "files"] })], {}, "read"],
    ["the default scopes of one, all of another", [files, buildApi({ scopes: ["mail", "read"] })], {}, "files read"],
    ["all but the default one", [buildApi({ scopes: ["read", "files"] })], { allowedScopes: ["files"] }, "files"],
    [
      "whatever it registered with, if that is nothing here",
      [mixed],
      { ...own, allowedScopes: ["read"] },
      "files mail",
    ],
    ["what it registered for", [mixed], { ...own, allowedScopes: ["mail", "read"] }, "mail"],
    [
      "that before the default ones",
      [buildApi({ scopes: ["read", "mail"] })],
      { ...own, allowedScopes: ["mail"] },
      "mail",
    ],
    ["no restricted one unasked", [mixed], { ...own, allowedScopes: ["admin", "mail"] }, "mail"],
    [
      "nothing restricted by registering",
      [buildApi({ scopes: ["admin"] })],
      { ...own, allowedScopes: ["admin"] },
      invalid,
    ],
  ] as const)("asks for %s", (_what, apis, values, expected) => {
    const request = { client: buildClient(values), known, apis, requested: undefined };
    for (const resolve of [resolveScopes, resolveUserScopes]) {
      if (expected === invalid) expect(() => resolve(request)).toThrow(InvalidScopeError);
      else expect(resolve(request)).toEqual(expected.split(" "));
    }
  });

  test("the refusal says whether naming a scope would help", () => {
    const refuse = (apis: readonly Api[], allowedScopes: string[]) => () =>
      resolveScopes({ client: buildClient({ allowedScopes }), known, apis, requested: undefined });
    const [hopeless, restricted] = [buildApi({ scopes: ["admin", "gone"] }), ["admin", "read"]];
    expect(refuse([hopeless], [])).toThrow("This client may use no scope of the resource.");
    expect(refuse([files], ["read"])).toThrow("This client may use no scope of the resource.");
    expect(refuse([hopeless], restricted)).toThrow("The request must name a scope.");
    expect(refuse([], ["files"])).toThrow("The request must name a scope.");
  });

  test("a restricted default scope needs no naming, if an administrator allowed it to the client", () => {
    const apis = [buildApi({ scopes: ["admin", "files"] })];
    const defaults = known.map((scope) => ({ ...scope, isDefault: scope.name === "admin" }));
    const resolve = (allowedScopes: string[]) =>
      resolveScopes({ client: buildClient({ allowedScopes }), known: defaults, apis, requested: undefined });
    expect(resolve(["admin", "files"])).toEqual(["admin"]);
    expect(resolve([])).toEqual(["files"]);
  });

  test("named scopes are taken by name, whatever the APIs have", () => {
    const request = { client: buildClient(), known, apis: [files], requested: "mail read" };
    for (const resolve of [resolveScopes, resolveUserScopes]) expect(resolve(request)).toEqual(["mail", "read"]);
  });

  test("at the authorization, token and refresh endpoints", async () => {
    const { context, client, secret } = arrange();
    const resource = registerApi(context, { scopes: ["files", "mail", "admin"] }).identifier;
    const code = await obtainCode(context, client, { scope: undefined, resource });
    const first = await sendTokenRequest(context, { ...codeRequest(client, secret, code), resource });
    expect(first.body.scope).toBe("files mail");
    const { refreshToken } = readTokens(first);
    const refreshed = await sendTokenRequest(context, { ...refreshRequest(client, secret, refreshToken), resource });
    expect(refreshed.body.scope).toBe("files mail");
  });

  test("at the device authorization endpoint, and by client credentials", async () => {
    const { context, client, secret } = arrange({ grantTypes: ["client_credentials"] });
    const resource = registerApi(context, { scopes: ["files", "admin"] }).identifier;
    const request = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret, resource };
    expect((await sendTokenRequest(context, request)).body.scope).toBe("files");
    const tv = registerTv(context).client;
    const { deviceCode, userCode } = await startDevice(context, tv, { resource });
    await answer(context, userCode);
    expect((await poll(context, tv, deviceCode)).body.scope).toBe("files");
  });

  test("an API with only restricted scopes is still an invalid_scope", async () => {
    const { context, client } = arrange();
    const resource = registerApi(context, { scopes: ["admin"] }).identifier;
    const refused = await sendAuthorization(context, client, signIn(context), { scope: undefined, resource });
    expect(redirectParameters(refused).error).toBe("invalid_scope");
  });
});

describe("RFC 7591 §2: the scope that a client registered for itself is not a limit", () => {
  test.each(["files", "mail", "read"])("%s, which anyone may have, it may ask for later", async (scope) => {
    const { context, client, secret } = arrange({ allowedScopes: ["read"], registeredDynamically: true });
    const code = await obtainCode(context, client, { scope });
    expect((await sendTokenRequest(context, codeRequest(client, secret, code))).body.scope).toBe(scope);
  });

  test("a restricted one needs an administrator, as usual", () => {
    const restricted = buildScope("admin", { isRestricted: true });
    for (const registeredDynamically of [true, false]) {
      expect(isScopeAllowed({ allowedScopes: ["read"], registeredDynamically }, restricted)).toBe(false);
      expect(isScopeAllowed({ allowedScopes: [], registeredDynamically }, restricted)).toBe(false);
      expect(isScopeAllowed({ allowedScopes: ["admin"], registeredDynamically }, restricted)).toBe(true);
    }
  });

  test("an application registered here keeps to its list", () => {
    expect(isScopeAllowed({ allowedScopes: ["read"], registeredDynamically: false }, buildScope("files"))).toBe(false);
  });
});
