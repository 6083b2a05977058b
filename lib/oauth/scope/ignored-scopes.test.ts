import { describe, expect, test } from "vitest";
import { decideAuthorization, describeConsent } from "../authorize/authorization-decision";
import { resumeAuthorization } from "../authorize/authorize";
import type { Client } from "../ports/client";
import { buildApi, buildClient, buildScope } from "../testing/builders";
import { registerTv, sendDeviceRequest } from "../testing/device-flow";
import {
  askConsent,
  codeRequest,
  obtainCode,
  readTokens,
  redirectParameters,
  refreshRequest,
  sendAuthorization,
  sendTokenRequest,
  signIn,
} from "../testing/flow";
import { createClientKeys, signRequestObject } from "../testing/request-object";
import { buildContext, registerClient } from "../testing/test-context";
import { InvalidScopeError } from "../wire/errors";
import { leaveOutIgnored, narrowUserScopes } from "./ignored-scopes";
import { resolveUserScopes } from "./requested-scopes";

const known = [
  ...["openid", "profile", "email", "read", "write", "offline_access"].map((name) => buildScope(name)),
  buildScope("phone", { isRestricted: true }),
  buildScope("manage", { isRestricted: true }),
];

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  for (const scope of known) context.stores.saveScope(scope);
  return { context, ...registerClient(context, values) };
}

describe("OpenID Connect Core §3.1.2.1: unknown scopes beside openid are ignored", () => {
  test.each([
    ["openid profile email groups", [], "openid profile email"],
    ["groups openid", [], "openid"],
    ["roles email openid https://graph.example/.default email read", [], "email openid read"],
    // May not be had, and asks for claims alone.
    ["openid phone read", [], "openid read"],
    ["openid profile email", ["openid", "read"], "openid"],
    ["openid phone", ["openid", "phone"], "openid phone"],
    // Unknown here, though the standard names it.
    ["openid address", [], "openid"],
    ["openid constructor __proto__ toString", [], "openid"],
  ])("%j of a client with %j is %j, in the order of the request", (requested, allowedScopes, expected) => {
    expect(resolveUserScopes({ client: buildClient({ allowedScopes }), known, apis: [], requested }).join(" ")).toBe(
      expected,
    );
  });

  test.each([
    ["openid manage", [], "known, and more than a claim"],
    ["openid read", ["openid"], "known, and more than a claim"],
    ["openid offline_access", ["openid"], "known, and more than a claim"],
    ["read groups", [], "no OpenID request"],
    ["phone read", [], "no OpenID request"],
    ["groups", [], "no OpenID request"],
    ["OPENID groups", [], "no OpenID request"],
    ["openid groups", ["read"], "openid itself isn't allowed"],
    ["openid profile", ["profile"], "openid itself isn't allowed"],
    ['openid gr"oups', [], "malformed"],
  ])("%j of a client with %j stays an invalid_scope: %s", (requested, allowedScopes) => {
    expect(() => resolveUserScopes({ client: buildClient({ allowedScopes }), known, apis: [], requested })).toThrow(
      InvalidScopeError,
    );
  });

  test("if openid isn't a scope of this server, nothing is ignored", () => {
    const plain = known.filter(({ name }) => name !== "openid");
    expect(leaveOutIgnored(["openid", "read"], plain, new Set(["read"]))).toEqual(["openid", "read"]);
  });

  test("at the authorization endpoint consent and tokens are about the rest, and the response names it (RFC 6749 §5.1)", async () => {
    const { context, client, secret } = arrange();
    const code = await obtainCode(context, client, { scope: "openid email groups phone" });
    const { body } = await sendTokenRequest(context, codeRequest(client, secret, code));
    expect(body.scope).toBe("openid email");
    const refused = await sendAuthorization(context, client, signIn(context), { scope: "openid manage" });
    expect(redirectParameters(refused).error).toBe("invalid_scope");
  });

  test("in a request object as well (OpenID Connect Core §6.1)", async () => {
    const keys = await createClientKeys();
    const { context, client } = arrange({ jwks: keys.jwks, skipConsent: true });
    const ask = async (scope: string) => {
      const request = await signRequestObject(context, client, keys, { scope });
      return redirectParameters(await sendAuthorization(context, client, signIn(context), { request }));
    };
    expect(await ask("openid email groups")).toHaveProperty("code");
    expect(await ask("email groups")).toMatchObject({ error: "invalid_scope", state: "inside" });
  });

  test("an identity scope that was taken from the client during sign-in is dropped as well", async () => {
    const { context, client } = arrange({ skipConsent: false });
    const browser = signIn(context);
    const id = await askConsent(context, client, browser, { scope: "openid email read" });
    context.stores.saveClient({ ...client, allowedScopes: ["openid", "read"], skipConsent: true });
    expect(redirectParameters(await resumeAuthorization(context, id, browser))).toHaveProperty("code");
  });

  test("one that was taken before the user decides is neither asked about nor remembered", async () => {
    const { context, client } = arrange();
    const browser = signIn(context);
    const { browserId, session } = browser;
    const requestId = await askConsent(context, client, browser, { scope: "openid email read" });
    context.stores.saveClient({ ...client, allowedScopes: ["openid", "read"] });
    const { scopes } = await describeConsent(context, requestId, browserId, session);
    expect(scopes.map(({ name }) => name)).toEqual(["openid", "read"]);
    await decideAuthorization(context, { requestId, browserId, session, decision: "approved" });
    expect(await context.stores.consents.find(session.userId, client.id)).toEqual(["openid", "read"]);
  });

  test("at the device authorization endpoint", async () => {
    const { context } = arrange();
    const { client } = registerTv(context);
    const ask = (scope: string) => sendDeviceRequest(context, { client_id: client.clientId, scope });
    expect((await ask("openid groups phone")).status).toBe(200);
    for (const scope of ["openid manage", "read groups"]) {
      expect((await ask(scope)).body).toMatchObject({ error: "invalid_scope" });
    }
  });

  test("a client's own token is not an OpenID request: it names what it may have, or invalid_scope", async () => {
    const { context, client, secret } = arrange({ grantTypes: ["client_credentials"] });
    const credentials = { client_id: client.clientId, client_secret: secret };
    const ask = (scope: string) =>
      sendTokenRequest(context, { grant_type: "client_credentials", ...credentials, scope });
    expect((await ask("openid groups")).body.error).toBe("invalid_scope");
    expect((await ask("openid read")).status).toBe(200);
  });
});

describe("RFC 6749 §6: a refresh may repeat the list of the authorization request", () => {
  test("with what was ignored then, which is ignored again", async () => {
    const { context, client, secret } = arrange();
    const scope = "openid email groups phone";
    const code = await obtainCode(context, client, { scope });
    let tokens = readTokens(await sendTokenRequest(context, codeRequest(client, secret, code)));
    const repeat = (repeated: string) =>
      sendTokenRequest(context, { ...refreshRequest(client, secret, tokens.refreshToken), scope: repeated });
    for (let times = 0; times < 2; times++) {
      const answer = await repeat(scope);
      expect(answer.body.scope).toBe("openid email");
      tokens = readTokens(answer);
    }
    for (const wider of ["openid read", "openid manage", "email groups"]) {
      expect((await repeat(wider)).body.error, wider).toBe("invalid_scope");
    }
  });

  test("with what the named API doesn't have (RFC 8707 §2)", async () => {
    const { context, client, secret } = arrange();
    const api = buildApi({ scopes: ["read"] });
    context.stores.saveApi(api);
    const scope = "openid read write";
    const code = await obtainCode(context, client, { scope, resource: api.identifier });
    const first = readTokens(await sendTokenRequest(context, codeRequest(client, secret, code)));
    expect(first.scope).toBe("read");
    const again = await sendTokenRequest(context, { ...refreshRequest(client, secret, first.refreshToken), scope });
    expect(again.body).toMatchObject({ scope: "read" });
  });

  test("with claims that were dropped, even if an administrator has allowed them since", () => {
    const requested = "openid email profile";
    const client = buildClient({ allowedScopes: ["openid", "email", "profile"] });
    expect(narrowUserScopes(client, known, { granted: ["openid", "email"], requested })).toEqual(["openid", "email"]);
  });

  test("granted scopes stay granted even if they were deleted or restricted since", () => {
    const granted = ["openid", "gone", "phone"];
    const requested = "openid gone phone groups";
    expect(narrowUserScopes(buildClient(), known, { granted, requested })).toEqual(granted);
  });

  test("openid that wasn't granted gives nothing", () => {
    for (const requested of ["openid", "openid groups", "openid read groups"]) {
      const narrow = () => narrowUserScopes(buildClient(), known, { granted: ["read"], requested });
      expect(narrow).toThrow(InvalidScopeError);
    }
  });
});
