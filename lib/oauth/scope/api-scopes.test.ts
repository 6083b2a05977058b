import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import type { Scope } from "../ports/types";
import { buildApi, buildClient } from "../testing/builders";
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
import { findRequestedScope } from "./api-scopes";
import { isScopeAllowed } from "./scope";

const toScope = (name: string, isRestricted = false): Scope => ({
  name,
  description: name,
  isDefault: name === "read",
  isRestricted,
});
const known = [toScope("files"), toScope("mail"), toScope("read"), toScope("admin", true)];

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  for (const scope of known) context.stores.saveScope(scope);
  return { context, ...registerClient(context, values) };
}

describe("RFC 6749 §3.3: a request that names an API and no scope", () => {
  const [files, mixed] = [buildApi({ scopes: ["files", "admin"] }), buildApi({ scopes: ["mail", "admin", "files"] })];

  test.each([
    [[files], {}, "files"],
    [[files, mixed], {}, "files mail"],
    // A restricted scope has to be named, even by a client that may have it.
    [[files], { allowedScopes: ["files", "admin"] }, "files"],
    [[mixed], { allowedScopes: ["mail", "read"] }, "mail"],
    [[mixed], { allowedScopes: ["read"], registeredDynamically: true }, "files mail"],
    [[files], { allowedScopes: ["read"] }, undefined],
    [[buildApi({ scopes: ["admin", "gone"] })], {}, undefined],
    [[], {}, undefined],
  ])("case %#: asks for what anyone may have of it", (apis, values, expected) => {
    expect(findRequestedScope(undefined, { client: buildClient(values), known, apis })).toBe(expected);
    expect(findRequestedScope("sent", { client: buildClient(values), known, apis })).toBe("sent");
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

  test("an API whose scopes are all restricted is an invalid_scope still", async () => {
    const { context, client } = arrange();
    const resource = registerApi(context, { scopes: ["admin"] }).identifier;
    const refused = await sendAuthorization(context, client, signIn(context), { scope: undefined, resource });
    expect(redirectParameters(refused).error).toBe("invalid_scope");
  });
});

describe("RFC 7591 §2: what a client that registered itself has named is no limit", () => {
  test.each(["files", "mail", "read"])("%s, which anyone may have, it may ask for later", async (scope) => {
    const { context, client, secret } = arrange({ allowedScopes: ["read"], registeredDynamically: true });
    const code = await obtainCode(context, client, { scope });
    expect((await sendTokenRequest(context, codeRequest(client, secret, code))).body.scope).toBe(scope);
  });

  test("a restricted one needs an administrator, as ever", () => {
    const restricted = toScope("admin", true);
    for (const registeredDynamically of [true, false]) {
      expect(isScopeAllowed({ allowedScopes: ["read"], registeredDynamically }, restricted)).toBe(false);
      expect(isScopeAllowed({ allowedScopes: [], registeredDynamically }, restricted)).toBe(false);
      expect(isScopeAllowed({ allowedScopes: ["admin"], registeredDynamically }, restricted)).toBe(true);
    }
  });

  test("an application that people registered keeps to its list", () => {
    expect(isScopeAllowed({ allowedScopes: ["read"], registeredDynamically: false }, toScope("files"))).toBe(false);
  });
});
