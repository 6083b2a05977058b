import { describe, expect, test } from "vitest";
import {
  askConsent,
  decide,
  pageError,
  redirectParameters,
  sendAuthorization,
  signedOut,
  signIn,
} from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";

const silent = { prompt: "none", state: "s" };

describe("response_mode: code and errors use the requested mode, from start to end", () => {
  test("query, explicit or not", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    for (const response_mode of [undefined, "query"]) {
      const outcome = await sendAuthorization(context, client, signedOut(), { ...silent, response_mode });
      expect(redirectParameters(outcome)).toMatchObject({ error: "login_required", state: "s", iss: context.issuer });
    }
  });

  test("fragment", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    const fragment = { ...silent, response_mode: "fragment" };
    const refused = await sendAuthorization(context, client, signedOut(), fragment);
    expect(refused).toMatchObject({
      kind: "redirect",
      location: expect.stringMatching(/^https:\/\/app\.example\/callback#error=login_required&.*&state=s&iss=/),
    });
    expect(await sendAuthorization(context, client, signIn(context), fragment)).toMatchObject({
      kind: "redirect",
      location: expect.stringMatching(/^https:\/\/app\.example\/callback#code=[\w-]{43}&state=s&iss=/),
      error: null,
    });
  });

  test.each([
    ["approved", { code: expect.any(String) }],
    ["denied", { error: "access_denied" }],
  ] as const)("form_post, after login and consent: %s", async (decision, fields) => {
    const context = buildContext();
    const { client } = registerClient(context);
    const browser = signIn(context);
    const requestId = await askConsent(context, client, browser, { response_mode: "form_post", state: "s" });
    expect(await decide(context, requestId, browser, decision)).toMatchObject({
      kind: "form-post",
      action: "https://app.example/callback",
      fields: { ...fields, state: "s", iss: context.issuer },
    });
  });

  test("an unknown mode is reported in the default one", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    for (const response_mode of ["web_message", "JWT", "query fragment", "__proto__"]) {
      const outcome = await sendAuthorization(context, client, signedOut(), { ...silent, response_mode });
      expect(redirectParameters(outcome)).toMatchObject({ error: "invalid_request", state: "s", iss: context.issuer });
    }
  });

  test.each(["com.example.app:/cb", "javascript:alert(1)//", "data:text/html,x"])(
    "attack 15: no form is ever posted to %s",
    async (redirectUri) => {
      const context = buildContext();
      const { client } = registerClient(context, { redirectUris: [redirectUri], skipConsent: true });
      const outcome = await sendAuthorization(context, client, signIn(context), { response_mode: "form_post" });
      expect(outcome).toMatchObject({ kind: "redirect", error: { error: "invalid_request" } });
    },
  );

  test("attack 17: a look-alike of the redirect URI gets neither form nor fragment", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { skipConsent: true });
    for (const response_mode of ["form_post", "fragment"]) {
      for (const redirect_uri of ["https://app.example/callback.evil", "https://app.example.evil.test/callback"]) {
        pageError(await sendAuthorization(context, client, signIn(context), { response_mode, redirect_uri }));
      }
    }
  });
});
