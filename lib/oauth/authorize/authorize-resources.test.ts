import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { buildEvent } from "../testing/builders";
import {
  askConsent,
  codeRequest,
  decide,
  obtainCode,
  redirectParameters,
  sendAuthorization,
  sendTokenRequest,
  signedOut,
  signIn,
  type Wire,
} from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { digest } from "../wire/digest";
import { describeConsent } from "./authorization-decision";

/** A client, two APIs for `read` and `write`, and someone who is asked. */
function arrange() {
  const context = buildContext();
  const { client } = registerClient(context);
  const [photos, mail] = [registerApi(context), registerApi(context)];
  const browser = signIn(context);
  const send = (parameters: Wire) => sendAuthorization(context, client, browser, { scope: "read", ...parameters });
  return { context, client, photos: photos.identifier, mail: mail.identifier, browser, send };
}

describe("RFC 8707 §2.1: resources of an authorization request", () => {
  test("the scopes are those that one of the APIs has", async () => {
    const { context, client, browser } = arrange();
    const { identifier } = registerApi(context, { scopes: ["email", "read"] });
    const request = { scope: "write read email", resource: identifier };
    const code = await obtainCode(context, client, request, browser);
    const stored = await context.stores.codes.find(digest(code));
    expect(stored).toMatchObject({ scopes: ["read", "email"], resources: [identifier] });
  });

  test.each([
    ["nothing is left of the scopes", { scope: "email" }, "invalid_scope"],
    ["one of several is unknown", { resource: ["https://nobody.example/"] }, "invalid_target"],
    ["relative", { resource: ["/api"] }, "invalid_target"],
    ["with a fragment", { resource: ["https://api.example/#x"] }, "invalid_target"],
    ["NUL", { resource: ["https://api.example/\0"] }, "invalid_target"],
    ["case counts", { resource: ["HTTPS://API.EXAMPLE/"] }, "invalid_target"],
  ] as [string, { scope?: string; resource?: string[] }, string][])(
    "%s: told to the client, before anyone signs in",
    async (_, { scope, resource = [] }, error) => {
      const { context, client, photos } = arrange();
      const request = { resource: [photos, ...resource], ...(scope ? { scope } : {}), state: "s" };
      const outcome = await sendAuthorization(context, client, signedOut(), request);
      expect(redirectParameters(outcome)).toMatchObject({ error, state: "s", iss: context.issuer });
    },
  );

  test("too many are refused without a query", async () => {
    const { context, send } = arrange();
    context.stores.apis.find = async () => {
      throw new Error("asked");
    };
    const resource = Array.from({ length: 21 }, (_, index) => `https://api.example/${index}`);
    expect(redirectParameters(await send({ resource }))).toMatchObject({ error: "invalid_target" });
  });
});

describe("RFC 8707 §3: consent is for the requested APIs", () => {
  test("it is remembered for these: the same isn't asked again, another API is", async () => {
    const { context, client, photos, mail, browser, send } = arrange();
    await decide(context, await askConsent(context, client, browser, { scope: "read", resource: photos }), browser);
    expect(redirectParameters(await send({ resource: photos }))).toHaveProperty("code");
    for (const resource of [mail, [photos, mail]]) {
      expect((await send({ resource })).kind).toBe("consent");
      expect(redirectParameters(await send({ resource, prompt: "none" }))).toMatchObject({ error: "consent_required" });
    }
    expect((await send({ resource: photos, scope: "read write" })).kind).toBe("consent");
  });

  test("what was allowed at one API isn't allowed everywhere, nor the reverse", async () => {
    const { context, client, photos, browser, send } = arrange();
    await decide(context, await askConsent(context, client, browser, { scope: "read", resource: photos }), browser);
    expect((await send({})).kind).toBe("consent");
    await obtainCode(context, client, { scope: "write" }, browser);
    expect((await send({ scope: "write", resource: photos })).kind).toBe("consent");
  });

  test("the prompt names the APIs, and marks what is new at them", async () => {
    const { context, client, photos, mail, browser } = arrange();
    await obtainCode(context, client, { scope: "read", resource: photos }, browser);
    const ask = async (resource: string | string[]) => {
      const requestId = await askConsent(context, client, browser, { scope: "read write", resource });
      return describeConsent(context, requestId, browser.browserId, browser.session);
    };
    expect(await ask(photos)).toMatchObject({ resources: [photos], newScopes: ["write"] });
    expect(await ask([photos, mail])).toMatchObject({ resources: [photos, mail], newScopes: ["read", "write"] });
  });

  test("the audit event of a decision names them", async () => {
    const { context, client, photos, browser } = arrange();
    await obtainCode(context, client, { scope: "read", resource: photos }, browser);
    expect(context.stores.auditEvents()).toMatchObject([{ details: { scopes: ["read"], resources: [photos] } }]);
  });
});

describe("ASVS 10.7.1, attack 21: a client that registered itself is asked about in each session", () => {
  test("silently it gets nothing until a code was redeemed in the session, whatever was allowed before", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { registeredDynamically: true });
    const browser = signIn(context);
    await obtainCode(context, client, {}, browser);
    const requestId = await askConsent(context, client, browser);
    const prompt = await describeConsent(context, requestId, browser.browserId, browser.session);
    expect(prompt).toMatchObject({ client: { registeredDynamically: true }, newScopes: [] });
    const silent = await sendAuthorization(context, client, browser, { prompt: "none" });
    expect(redirectParameters(silent)).toMatchObject({ error: "consent_required" });
  });

  test("in the session that allowed it, it is answered silently; not in another, not for more, not once revoked", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { registeredDynamically: true });
    const browser = signIn(context);
    const code = await obtainCode(context, client, { scope: "read" }, browser);
    await sendTokenRequest(context, codeRequest(client, secret, code));
    const ask = async (from: typeof browser, scope: string) =>
      redirectParameters(await sendAuthorization(context, client, from, { prompt: "none", scope }));
    expect(await ask(browser, "read")).toHaveProperty("code");
    expect(await ask(browser, "read write")).toMatchObject({ error: "consent_required" });
    expect(await ask(signIn(context), "read")).toMatchObject({ error: "consent_required" });
    await context.stores.tokens.revokeFamilyOfCode(
      digest(code),
      context.now(),
      "authorization_withdrawn",
      buildEvent(),
    );
    expect(await ask(browser, "read")).toMatchObject({ error: "consent_required" });
  });

  test("unless an administrator has decided otherwise for it", async () => {
    const context = buildContext();
    const vouched = { registeredDynamically: true, skipConsent: true, allowedScopes: ["read"] };
    const { client } = registerClient(context, vouched);
    const outcome = await sendAuthorization(context, client, signIn(context), { scope: "read" });
    expect(redirectParameters(outcome)).toHaveProperty("code");
  });
});

describe("ADR 0029: an administrator's decision about consent covers the scopes that the administrator saw", () => {
  const claims = JSON.stringify({ userinfo: { email: null } });
  const beyond: Wire[] = [
    { scope: "write" },
    { scope: "openid write" },
    // A claim by name gives away what its scope does (OpenID Connect Core §5.5).
    { scope: "openid", claims },
  ];

  function arrangeApproved(values: Partial<Client>) {
    const context = buildContext();
    context.stores.saveScope({
      name: "openid",
      description: "Know who you are",
      isDefault: false,
      isRestricted: false,
    });
    const allowedScopes = ["openid", "read"];
    const { client } = registerClient(context, { skipConsent: true, allowedScopes, ...values });
    return { context, client, browser: signIn(context) };
  }

  test.each(beyond)("a client that registered itself has people asked about %j", async (parameters) => {
    const { context, client, browser } = arrangeApproved({ registeredDynamically: true });
    const silent = await sendAuthorization(context, client, browser, { ...parameters, prompt: "none" });
    expect(redirectParameters(silent)).toMatchObject({ error: "consent_required" });
    const requestId = await askConsent(context, client, browser, parameters);
    expect(redirectParameters(await decide(context, requestId, browser))).toHaveProperty("code");
    const listed = await sendAuthorization(context, client, browser, { scope: "openid read", prompt: "none" });
    expect(redirectParameters(listed)).toHaveProperty("code");
  });

  test("an empty list covers nothing", async () => {
    const { context, client, browser } = arrangeApproved({ registeredDynamically: true, allowedScopes: [] });
    await askConsent(context, client, browser, { scope: "read" });
  });

  test("what it got beyond the list ends with the user's consent", async () => {
    const { context, client, browser } = arrangeApproved({ registeredDynamically: true });
    const requestId = await askConsent(context, client, browser, { scope: "write" });
    const { codes } = context.stores;
    const conditions: unknown[] = [];
    const issueForRequest = codes.issueForRequest.bind(codes);
    codes.issueForRequest = (record, hash, condition) => {
      conditions.push(condition);
      return issueForRequest(record, hash, condition);
    };
    await decide(context, requestId, browser);
    expect(conditions).toEqual([{ whileConsented: true }]);
  });

  test("for an application registered here, whose list is its limit, it covers everything that it may have", async () => {
    const { context, client, browser } = arrangeApproved({ allowedScopes: [] });
    for (const parameters of beyond) {
      expect(redirectParameters(await sendAuthorization(context, client, browser, parameters))).toHaveProperty("code");
    }
  });
});
