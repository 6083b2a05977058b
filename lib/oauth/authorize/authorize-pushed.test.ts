import { describe, expect, test } from "vitest";
import {
  buildPkce,
  codeRequest,
  decide,
  formEncode,
  pageError,
  pendingId,
  redirectParameters,
  sendTokenRequest,
  signedOut,
  signIn,
} from "../testing/flow";
import { follow, obtainRequestUri, requestOf } from "../testing/pushing";
import { buildContext, registerClient } from "../testing/test-context";
import { randomToken } from "../wire/digest";
import { authorize, resumeAuthorization } from "./authorize";

describe("RFC 9126 §4: the request_uri at the authorization endpoint", () => {
  test("stands for the request, which completes as usual", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { verifier, challenge } = buildPkce();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const requestUri = await obtainRequestUri(context, client, secret, { scope: "read", ...pkce });
    const browser = signIn(context);
    const requestId = pendingId(await follow(context, client, requestUri, browser), "consent");
    const { code, ...rest } = redirectParameters(await decide(context, requestId, browser));
    expect(rest).toEqual({ state: "pushed", iss: context.issuer });
    const tokens = await sendTokenRequest(context, {
      ...codeRequest(client, secret, code ?? ""),
      code_verifier: verifier,
    });
    expect(tokens).toMatchObject({ status: 200, body: { scope: "read" } });
  });

  test("parameters beside it are ignored, except the client", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { skipConsent: true });
    const requestUri = await obtainRequestUri(context, client, secret, { scope: "read" });
    const beside = {
      redirect_uri: "https://evil.example/",
      response_type: "token",
      response_mode: "fragment",
      scope: "bogus",
      state: "changed",
      prompt: "none login",
      request: "e30.e30.",
    };
    const outcome = await follow(context, client, requestUri, signIn(context), beside);
    expect(outcome).toMatchObject({ location: expect.stringMatching(/^https:\/\/app\.example\/callback\?code=/) });
    expect(redirectParameters(outcome)).toMatchObject({ state: "pushed" });
  });

  test("case 117: one response; then a page, also for 50 at the same time", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { skipConsent: true });
    const requestUri = await obtainRequestUri(context, client, secret);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => follow(context, client, requestUri)));
    outcomes.push(await follow(context, client, requestUri));
    expect(outcomes.filter(({ kind }) => kind === "redirect")).toHaveLength(1);
    for (const outcome of outcomes.filter(({ kind }) => kind !== "redirect")) {
      expect(pageError(outcome)).toMatchObject({ error: "invalid_request_uri", status: 400 });
    }
  });

  test("case 117: opened twice, in any browser, it continues from either and is answered once", async () => {
    for (const decision of ["approved", "denied"] as const) {
      const context = buildContext();
      const { client, secret } = registerClient(context);
      const requestUri = await obtainRequestUri(context, client, secret);
      const browsers = [signIn(context), signIn(context)] as const;
      const open = async (browser: (typeof browsers)[number]) =>
        pendingId(await follow(context, client, requestUri, browser), "consent");
      const [first, second] = [await open(browsers[0]), await open(browsers[1])];
      const answer = redirectParameters(await decide(context, second, browsers[1], decision));
      expect(answer).toHaveProperty(decision === "approved" ? "code" : "error");
      pageError(await decide(context, first, browsers[0]));
      pageError(await follow(context, client, requestUri));
    }
  });

  test("case 117: an error that reaches the client is a response", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const requestUri = await obtainRequestUri(context, client, secret, { prompt: "none" });
    expect(redirectParameters(await follow(context, client, requestUri))).toMatchObject({ error: "consent_required" });
    pageError(await follow(context, client, requestUri));
  });

  test("case 117: the ID of a pending request can't be turned into that of another pushed one", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const browser = signIn(context);
    const requestUri = await obtainRequestUri(context, client, secret);
    const id = pendingId(await follow(context, client, requestUri, browser), "consent");
    for (const changed of [id.split(".")[0] ?? "", `${id.split(".")[0]}.${randomToken()}`]) {
      pageError(await resumeAuthorization(context, changed, browser));
    }
    expect(redirectParameters(await decide(context, id, browser))).toHaveProperty("code");
  });

  test("a sign-in that outlasts the request_uri still completes", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const browser = signIn(context);
    const requestUri = await obtainRequestUri(context, client, secret);
    const id = pendingId(await follow(context, client, requestUri, browser), "consent");
    context.clock.advance(300);
    expect(redirectParameters(await decide(context, id, browser))).toHaveProperty("code");
  });

  test("case 117: another client's attempt is a page, and uses nothing up", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const requestUri = await obtainRequestUri(context, one.client, one.secret);
    pageError(await follow(context, other.client, requestUri));
    pageError(await authorize(context, formEncode({ request_uri: requestUri }), signIn(context)));
    expect(pendingId(await follow(context, one.client, requestUri), "consent")).toBeDefined();
  });

  test("case 117: it expires, to the exact millisecond", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const [first, second] = [
      await obtainRequestUri(context, client, secret),
      await obtainRequestUri(context, client, secret),
    ];
    context.clock.advance(59.999);
    expect((await follow(context, client, first)).kind).toBe("consent");
    context.clock.advance(0.001);
    pageError(await follow(context, client, second));
  });

  test.each(["", "x", "\0", "a".repeat(10_000)])("an unknown one is a page: %j", async (id) => {
    const context = buildContext();
    const { client } = registerClient(context);
    pageError(await follow(context, client, `urn:ietf:params:oauth:request_uri:${id}`));
  });

  test("a browser without an ID uses nothing up, and is redirected once", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const requestUri = await obtainRequestUri(context, client, secret);
    const unknown = { browserId: "", session: null };
    expect(
      await authorize(context, formEncode({ client_id: client.clientId, request_uri: requestUri }), unknown),
    ).toEqual({
      kind: "unknown-browser",
      frameOrigin: null,
    });
    expect((await follow(context, client, requestUri)).kind).toBe("consent");
  });

  test("what was taken from the client since it was pushed counts", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const requestUri = await obtainRequestUri(context, client, secret);
    context.stores.saveClient({ ...client, redirectUris: ["https://other.example/"] });
    pageError(await follow(context, client, requestUri));
  });

  test("prompt=none and errors work as usual, with the pushed state", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const requestUri = await obtainRequestUri(context, client, secret, { prompt: "none", response_mode: "fragment" });
    const outcome = await authorize(
      context,
      formEncode({ client_id: client.clientId, request_uri: requestUri }),
      signedOut(),
    );
    expect(outcome).toMatchObject({ location: expect.stringMatching(/#error=login_required&.*&state=pushed&iss=/) });
  });
});

describe("RFC 9126 §5, §6: if requests have to be pushed, every other way is refused", () => {
  for (const [name, everywhere, values] of [
    ["by the client's registration", false, { requirePushedAuthorizationRequests: true }],
    ["by the whole server", true, {}],
  ] as const) {
    test(`case 118, ${name}`, async () => {
      const context = buildContext({ requirePushedAuthorizationRequests: everywhere });
      const { client, secret } = registerClient(context, { skipConsent: true, ...values });
      const plain = { ...requestOf(client, secret), client_secret: undefined, code_challenge: randomToken() };
      for (const more of [{}, { prompt: "none" }, { request: "e30.e30." }, { request_uri: "https://app.example/r" }]) {
        for (const browser of [signIn(context), signedOut(), { browserId: "", session: null }]) {
          pageError(await authorize(context, formEncode({ ...plain, ...more }), browser));
        }
      }
      const requestUri = await obtainRequestUri(context, client, secret);
      expect(redirectParameters(await follow(context, client, requestUri))).toHaveProperty("code");
    });
  }

  test("a request that is already pending continues", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const anonymous = signedOut();
    const plain = { response_type: "code", client_id: client.clientId };
    const requestId = pendingId(await authorize(context, formEncode(plain), anonymous), "login");
    context.stores.saveClient({ ...client, requirePushedAuthorizationRequests: true });
    const browser = { ...signIn(context), browserId: anonymous.browserId };
    expect(redirectParameters(await resumeAuthorization(context, requestId, browser))).toHaveProperty("code");
  });
});
