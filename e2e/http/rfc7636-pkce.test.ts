import { expect } from "vitest";
import type { BrowserClient } from "../support/browser-client";
import { expectOAuthError } from "../support/expectations";
import type { Portal } from "../support/portal";
import { authorizationOf, createPkcePair, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** A confidential client's code with a challenge: PKCE isn't required, but counts once it is used. */
async function obtainChallengedCode(portal: Portal, browser: BrowserClient) {
  const application = await portal.createApplication();
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  return { application, verifier, code: await browser.obtainCode(request) };
}

test("the correct verifier, with which the redirect URI may be omitted", async ({ portal, person }) => {
  const { application, verifier, code } = await obtainChallengedCode(portal, person);
  const exchange = exchangeOf(application, code, { code_verifier: verifier, redirect_uri: "" });
  expect((await requestToken(exchange)).status).toBe(200);
});

test("case 62, attack 23: without the verifier an invalid_grant", async ({ portal, person }) => {
  const { application, verifier, code } = await obtainChallengedCode(portal, person);
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  const late = exchangeOf(application, code, { code_verifier: verifier });
  expectOAuthError(await requestToken(late), 400, "invalid_grant");
});

test("case 63: a wrong verifier is an invalid_grant and invalidates the code", async ({ portal, person }) => {
  const { application, verifier, code } = await obtainChallengedCode(portal, person);
  const wrong = exchangeOf(application, code, { code_verifier: createPkcePair().verifier });
  expectOAuthError(await requestToken(wrong), 400, "invalid_grant");
  const right = exchangeOf(application, code, { code_verifier: verifier });
  expectOAuthError(await requestToken(right), 400, "invalid_grant");
});

test.for([
  ["the challenge itself", ({ challenge }: { challenge: string }) => challenge],
  ["a verifier of 42 characters", () => "x".repeat(42)],
  ["a verifier of 129 characters", () => "x".repeat(129)],
  ["characters outside RFC 7636 §4.1", () => `${"x".repeat(43)}!`],
] as const)("%s is no verifier", async ([, toVerifier], { portal, person }) => {
  const application = await portal.createApplication();
  const pair = createPkcePair();
  const request = authorizationOf(application, { code_challenge: pair.challenge, code_challenge_method: "S256" });
  const code = await person.obtainCode(request);
  const exchange = exchangeOf(application, code, { code_verifier: toVerifier(pair) });
  expectOAuthError(await requestToken(exchange), 400, "invalid_grant");
});

test("attack 24: a verifier for a code without a challenge is refused (RFC 9700 §4.8.2)", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const exchange = exchangeOf(application, code, { code_verifier: createPkcePair().verifier });
  expectOAuthError(await requestToken(exchange), 400, "invalid_grant");
});
