import NextAuth from "next-auth";
import * as openidClient from "openid-client";
import * as openidClient5 from "openid-client-5";
import { expect } from "vitest";
import type { BrowserClient } from "../support/browser-client";
import { baseUrl, issuer } from "../support/environment";
import { readUserinfo } from "../support/openid";
import type { TestApplication } from "../support/portal";
import { NextAuthVisitor } from "../support/relying-party";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** Third-party relying parties that know only the issuer and their credentials: the rest comes from discovery. */

const scope = "openid profile email offline_access";

function noteTokens(answer: { access_token?: string; refresh_token?: string; id_token?: string }): void {
  for (const token of [answer.access_token, answer.refresh_token, answer.id_token]) noteSecret(token ?? "");
}

function visit(person: BrowserClient, url: string | URL): Promise<URL> {
  return person.authorize(new URL(url).searchParams);
}

/** Follows the logout to its end, confirming the sign-out if asked. */
async function endSession(person: BrowserClient, url: string | URL): Promise<string | undefined> {
  const { pathname, search } = new URL(url);
  let answer = await person.get(`${pathname}${search}`);
  for (let step = 0; step < 5 && answer.headers.location?.startsWith("/"); step++) {
    answer = await person.get(answer.headers.location);
  }
  return answer.headers.location;
}

test("openid-client 6: discovery, sign-in with nonce and max_age, userinfo, refresh, sign-out", async ({
  portal,
  browser,
}) => {
  const user = await portal.createUser();
  await browser.signIn(user);
  const application = await portal.createApplication({ postLogoutRedirectUris: ["https://app.example.test/bye"] });
  const configuration = await openidClient.discovery(
    new URL(issuer),
    application.clientId,
    application.clientSecret,
    undefined,
    { execute: [openidClient.allowInsecureRequests] },
  );
  const [verifier, nonce, state] = [
    openidClient.randomPKCECodeVerifier(),
    openidClient.randomNonce(),
    openidClient.randomState(),
  ];
  noteSecret(verifier);
  const url = openidClient.buildAuthorizationUrl(configuration, {
    redirect_uri: application.redirectUri,
    scope,
    nonce,
    state,
    max_age: "3600",
    code_challenge: await openidClient.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const tokens = await openidClient.authorizationCodeGrant(configuration, await visit(browser, url), {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
    maxAge: 3600,
    idTokenExpected: true,
  });
  noteTokens(tokens);
  expect(tokens.claims()).toMatchObject({
    iss: issuer,
    sub: user.id,
    aud: application.clientId,
    acr: "1",
    amr: ["pwd"],
  });

  const person = await openidClient.fetchUserInfo(configuration, tokens.access_token, user.id);
  expect(person).toMatchObject({ sub: user.id, preferred_username: user.username, email: user.email });

  const refreshed = await openidClient.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
  noteTokens(refreshed);
  expect(refreshed.claims()).toMatchObject({ sub: user.id, auth_time: tokens.claims()?.auth_time });

  const end = openidClient.buildEndSessionUrl(configuration, {
    id_token_hint: tokens.id_token ?? "",
    post_logout_redirect_uri: "https://app.example.test/bye",
    state: "until next time",
  });
  expect(await endSession(browser, end)).toBe("https://app.example.test/bye?state=until+next+time");
  await expect(visit(browser, url)).rejects.toThrow("asked to sign in");
});

test("openid-client 5: discovery, sign-in, userinfo, refresh, sign-out", async ({ portal, browser }) => {
  const user = await portal.createUser();
  await browser.signIn(user);
  const application = await portal.createApplication({ postLogoutRedirectUris: ["https://app.example.test/bye"] });
  const provider = await openidClient5.Issuer.discover(issuer);
  const client = new provider.Client({
    client_id: application.clientId,
    client_secret: application.clientSecret,
    redirect_uris: [application.redirectUri],
    response_types: ["code"],
  });
  const verifier = openidClient5.generators.codeVerifier();
  noteSecret(verifier);
  const checks = { nonce: openidClient5.generators.nonce(), state: openidClient5.generators.state(), max_age: 3600 };
  const url = client.authorizationUrl({
    ...checks,
    scope,
    code_challenge: openidClient5.generators.codeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const parameters = client.callbackParams((await visit(browser, url)).href);
  const tokens = await client.callback(application.redirectUri, parameters, { ...checks, code_verifier: verifier });
  noteTokens(tokens);
  expect(tokens.claims().sub).toBe(user.id);
  expect(await client.userinfo(tokens)).toMatchObject({ sub: user.id, email: user.email, email_verified: false });
  const refreshed = await client.refresh(tokens);
  noteTokens(refreshed);
  expect(refreshed.claims().sub).toBe(user.id);
  const end = client.endSessionUrl({ id_token_hint: tokens, post_logout_redirect_uri: "https://app.example.test/bye" });
  expect(await endSession(browser, end)).toBe("https://app.example.test/bye");
});

const applicationOrigin = "http://localhost:3999";

function startNextAuth(application: TestApplication) {
  const { handlers } = NextAuth({
    secret: "a secret of the application, of more than thirty-two characters",
    trustHost: true,
    basePath: "/api/auth",
    providers: [
      {
        id: "latchkey",
        name: "Latchkey",
        type: "oidc",
        issuer,
        clientId: application.clientId,
        clientSecret: application.clientSecret,
        checks: ["pkce", "state", "nonce"],
        // Names and addresses are only at userinfo (OpenID Connect Core §5.4).
        idToken: false,
        authorization: { params: { scope } },
      },
    ],
    callbacks: {
      // As in next-auth's guide to refresh tokens; here every visit counts as late.
      jwt: async ({ token, account }) => {
        if (account) return { ...token, tokens: account };
        const { refresh_token = "" } = token.tokens as { refresh_token?: string };
        const answer = await requestToken(refreshOf(application, refresh_token));
        return { ...token, tokens: answer.body, refreshed: answer.status };
      },
      session: ({ session, token: { tokens, refreshed } }) => ({ ...session, tokens, refreshed }),
    },
  });
  return new NextAuthVisitor(handlers, applicationOrigin);
}

test("next-auth: sign-in, refresh, sign-out at the application and here", async ({ portal, browser }) => {
  const user = await portal.createUser();
  await browser.signIn(user);
  const [callback, bye] = [`${applicationOrigin}/api/auth/callback/latchkey`, `${applicationOrigin}/bye`];
  const application = await portal.createApplication({ redirectUris: [callback], postLogoutRedirectUris: [bye] });
  const visitor = startNextAuth(application);
  const started = await visitor.post("/api/auth/signin/latchkey", { callbackUrl: `${applicationOrigin}/welcome` });
  const sent = new URL(started.headers.get("location") ?? "");
  expect(sent.href.startsWith(`${baseUrl}/o/authorize/?`)).toBe(true);
  const back = await visit(browser, sent);
  const arrived = await visitor.get(`${back.pathname}${back.search}`);
  expect(arrived.headers.get("location")).toBe(`${applicationOrigin}/welcome`);

  const session = await visitor.session();
  const tokens = session?.tokens as { access_token: string; refresh_token: string; id_token: string };
  noteTokens(tokens);
  expect(session).toMatchObject({ user: { email: user.email }, refreshed: 200 });
  expect(await readUserinfo(tokens.access_token)).toMatchObject({ sub: user.id, email: user.email });

  await visitor.post("/api/auth/signout");
  expect(await visitor.session()).toBeNull();
  const hint = { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye };
  expect(await endSession(browser, `${issuer}/logout?${new URLSearchParams(hint)}`)).toBe(bye);
  const silent = authorizationOf(application, { scope: "openid", prompt: "none" });
  expect((await browser.authorize(silent)).searchParams.get("error")).toBe("login_required");
});
