import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { databaseUrl } from "../support/environment";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { authorizationOf, createPkcePair, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const registered = "https://app.example.com/a/callback?tenant=1&lang=en";

const lookAlikes: readonly string[] = [
  "https://app.example.com/a/callback", // case 28: another one
  "https://evil.example.test/",
  `${registered}&extra=1`, // case 29
  `${registered}#fragment`, // case 30
  `${registered}#`,
  "https://user@app.example.com/a/callback?tenant=1&lang=en", // case 31
  "https://user:password@app.example.com/a/callback?tenant=1&lang=en",
  "https://app.example.com@evil.example.test/a/callback?tenant=1&lang=en",
  "https://app.example.com%40evil.example.test/a/callback?tenant=1&lang=en",
  "https://a@b@app.example.com/a/callback?tenant=1&lang=en",
  "https://app.example.com/a/callback;evil=1?tenant=1&lang=en", // case 32
  "https://app.example.com/a/callback?lang=en&tenant=1", // case 33
  "https://app.example.com/a/callback/?tenant=1&lang=en",
  "https://app.example.com/A/callback?tenant=1&lang=en",
  "https://APP.example.com/a/callback?tenant=1&lang=en",
  "HTTPS://app.example.com/a/callback?tenant=1&lang=en",
  "http://app.example.com/a/callback?tenant=1&lang=en",
  "https://app.example.com:443/a/callback?tenant=1&lang=en",
  "https://app.example.com:8443/a/callback?tenant=1&lang=en",
  "https://app.example.com./a/callback?tenant=1&lang=en",
  "https://appaexample.com/a/callback?tenant=1&lang=en",
  "https://app.example.com.evil.test/a/callback?tenant=1&lang=en",
  "https://app.example.com/a/../a/callback?tenant=1&lang=en",
  "https://app.example.com/a/%2e%2e/a/callback?tenant=1&lang=en",
  "https://app.example.com/a%2fcallback?tenant=1&lang=en",
  "https://app.example.com/a\\callback?tenant=1&lang=en",
  "https:\\\\app.example.com/a/callback?tenant=1&lang=en",
  "https://app.example.com/a/call%62ack?tenant=1&lang=en",
  "https://аpp.example.com/a/callback?tenant=1&lang=en", // a Cyrillic а
  `${registered}\r\nX-Injected: 1`,
  `${registered}\0`,
  ` ${registered}`,
  `${registered} `,
  "//app.example.com/a/callback?tenant=1&lang=en",
  "/a/callback",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)//app.example.com",
  "data:text/html,x",
  "x".repeat(5000),
];

test.for(["", "none"])(
  "attack 13: %j as prompt: what only looks like the redirect URI is a page",
  async (prompt, { portal, browser }) => {
    const application = await portal.createApplication({ redirectUris: [registered] });
    for (const redirectUri of lookAlikes) {
      const answer = await browser.get(
        authorizePath({ ...authorizationOf(application), redirect_uri: redirectUri, prompt }),
      );
      expectErrorPage(answer);
      expect(answer.headers["x-injected"]).toBeUndefined();
      // Cases 28 and 61: nor does the page show what is registered.
      expect(answer.text).not.toContain("app.example.com");
    }
    const exact = await browser.get(authorizePath(authorizationOf(application)));
    expect(exact.headers.location).toMatch(/^\/login\?/);
  },
);

test("case 35, attack 14: a loopback IP literal may have any port, localhost only the registered one", async ({
  portal,
  browser,
}) => {
  const application = await portal.createApplication({
    redirectUris: ["http://127.0.0.1/cb", "http://[::1]:7000/cb?x=1", "http://localhost:7000/cb"],
  });
  const open = (redirectUri: string) =>
    browser.get(authorizePath({ ...authorizationOf(application), redirect_uri: redirectUri }));
  const good = [
    "http://127.0.0.1/cb",
    "http://127.0.0.1:1/cb",
    "http://127.0.0.1:65535/cb",
    "http://[::1]:51004/cb?x=1",
    "http://[::1]/cb?x=1",
    "http://localhost:7000/cb",
  ];
  for (const redirectUri of good) expect((await open(redirectUri)).headers.location).toMatch(/^\/login\?/);

  // Attack 14.
  const bad = [
    "http://localhost:7001/cb",
    "http://localhost/cb",
    "http://127.0.0.1.evil.test/cb",
    "http://127.0.0.1:1@evil.test/cb",
    "http://127.0.0.1:80.evil.test/cb",
    "http://127.0.0.1:65536/cb",
    "http://127.0.0.1:/cb",
    "http://127.0.0.1:1/cb/",
    "http://127.0.0.1:1/other",
    "http://127.0.0.1:1/cb?x=1",
    "http://127.0.0.1:1/cb#x",
    "http://127.0.0.2:1/cb",
    "http://127.1:1/cb",
    "http://2130706433:1/cb",
    "https://127.0.0.1:1/cb",
    "http://[::1]:1/cb",
    "http://[0:0:0:0:0:0:0:1]:1/cb?x=1",
    "http://[::2]:1/cb?x=1",
  ];
  for (const redirectUri of bad) expectErrorPage(await open(redirectUri));
});

test("RFC 9700 §2.1: a native application may use any port of localhost, until its code is redeemed", async ({
  portal,
  browser,
}) => {
  const user = await portal.createUser();
  const registered = "http://localhost:7000/cb";
  const redirectUris = [registered];
  const application = await portal.createPublicApplication({ kind: "native", redirectUris });
  const { verifier, challenge } = createPkcePair();
  const redirect_uri = "http://localhost:51004/cb";
  const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
  const location = await browser.authorize({ ...authorizationOf(application), ...pkce, redirect_uri }, { user });
  expect(location.origin).toBe("http://localhost:51004");
  const code = location.searchParams.get("code") ?? "";
  const exchange = { ...exchangeOf(application, code), redirect_uri, code_verifier: verifier };
  // RFC 6749 §4.1.3: the one that was sent, not the registered one.
  expectOAuthError(await requestToken({ ...exchange, redirect_uri: registered }), 400, "invalid_grant");
  expect((await requestToken(exchange)).status).toBe(200);
  for (const kind of ["single_page", "web"] as const) {
    const exact = await portal.createPublicApplication({ kind, redirectUris });
    expectErrorPage(await browser.get(authorizePath({ ...authorizationOf(exact), ...pkce, redirect_uri })));
  }
});

test("RFC 9700 §2.1: an application registered as native by the command may use any port of localhost", async ({
  portal,
  browser,
}) => {
  const command = ["server/cli.mjs", "createapplication", "public", "authorization-code", "--json"];
  command.push("--redirect-uris", "http://localhost/cb");
  const register = async (kind: string) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    return (await promisify(execFile)(process.execPath, [...command, "--kind", kind], { env })).stdout;
  };
  const { client_id } = JSON.parse(await register("native"));
  try {
    const pkce = { code_challenge: createPkcePair().challenge, code_challenge_method: "S256" };
    const request = {
      response_type: "code",
      client_id,
      redirect_uri: "http://localhost:51004/cb",
      scope: "read",
      ...pkce,
    };
    expect((await browser.get(authorizePath(request))).headers.location).toMatch(/^\/login\?/);
  } finally {
    await portal.database.application.delete({ where: { clientId: client_id } });
  }
  await expect(register("anything")).rejects.toThrow(/Choose a kind of application/);
});

test("case 56: an app's own scheme", async ({ portal, browser }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ redirectUris: ["com.example.app:/callback"] });
  const location = await browser.authorize(authorizationOf(application), { user });
  expect(location.href).toMatch(/^com\.example\.app:\/callback\?code=/);
  const other = { ...authorizationOf(application), redirect_uri: "com.example.app:/callback2" };
  expectErrorPage(await browser.get(authorizePath(other)));
});
