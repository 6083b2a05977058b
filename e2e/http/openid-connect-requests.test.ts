import { decodeJwt } from "jose";
import { expect } from "vitest";
import { authorizePath, type BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import { RelyingParty } from "../support/openid";
import type { TestApplication } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

const loginPath = /^\/login\?authorization_request=[A-Za-z0-9_-]{43}$/;
const openid = { scope: "openid" };

async function locate(browser: BrowserClient, application: TestApplication, more: Record<string, string>) {
  const answer = await browser.get(authorizePath(authorizationOf(application, { ...openid, ...more })));
  return answer.headers.location ?? "";
}

test("prompt=create: the sign-in page says who creates accounts", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const page = await person.get(await locate(person, application, { prompt: "create" }));
  expect(readText(page.text)).toContain("No account yet?");
});

test("silent renewal: a page of the redirect URI's origin may frame the answer to prompt=none, and no other page may", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const { origin } = new URL(application.redirectUri);
  const policyOf = async (more: Record<string, string>) => {
    const { headers } = await person.get(
      authorizePath(authorizationOf(application, { response_mode: "form_post", ...more })),
    );
    return { policy: String(headers["content-security-policy"]), frame: headers["x-frame-options"] };
  };
  const silent = await policyOf({ prompt: "none" });
  expect(silent.policy).toContain(`frame-ancestors ${origin}`);
  expect(silent.frame).toBeUndefined();
  const shown: Record<string, string>[] = [
    {},
    { prompt: "none", redirect_uri: "https://evil.example.test/" },
    { prompt: "login" },
  ];
  for (const more of shown) {
    expect(await policyOf(more)).toMatchObject({
      policy: expect.stringContaining("frame-ancestors 'none'"),
      frame: "DENY",
    });
  }
});

test("JARM §2.3.4: response_mode=jwt is a signed response in the query", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const location = await locate(person, application, { response_mode: "jwt" });
  const claims = decodeJwt(new URL(location).searchParams.get("response") ?? "");
  expect(claims).toMatchObject({ aud: application.clientId, code: expect.any(String), state: "a state" });
});

test("OpenID Connect Core §3.1.2.1: a hint at another user asks that user to sign in, and accepts no other", async ({
  portal,
  browser,
}) => {
  const rp = await RelyingParty.create(portal, "query", { skipConsent: true });
  const { idToken } = await rp.signIn();
  const other = await portal.createUser();
  await browser.signIn(other);
  expect(await locate(browser, rp.application, { id_token_hint: idToken })).toMatch(loginPath);
  const ended = await browser.authorize(rp.request({ id_token_hint: idToken }), { user: other });
  expect(ended.searchParams.get("error")).toBe("login_required");
});

test("§3.1.2.1: select_account shows who can sign in; together with none it is an error", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  expect(await locate(person, application, { prompt: "select_account" })).toMatch(loginPath);
  expect(await locate(person, application, { prompt: "none login" })).toContain("error=invalid_request");
});

test("§5.5.1.1: an essential acr that isn't available is an error, a voluntary one is not", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const ask = (acr: object) => locate(person, application, { claims: JSON.stringify({ id_token: { acr } }) });
  expect(await ask({ essential: true, values: ["phr"] })).toContain("error=unmet_authentication_requirements");
  expect(await ask({ values: ["phr"] })).toContain("?code=");
  expect(await ask({ essential: true, values: ["phr", "1"] })).toContain("?code=");
});

test("§3.1.2.6: prompt=none doesn't tell an application without consent who is signed in", async ({
  portal,
  person,
  user,
}) => {
  const application = await portal.createApplication();
  const other = await portal.createUser();
  const ask = (id: string) =>
    locate(person, application, { prompt: "none", claims: JSON.stringify({ id_token: { sub: { value: id } } }) });
  for (const { id } of [user, other]) expect(await ask(id)).toContain("error=consent_required");
  await person.obtainCode(authorizationOf(application, openid));
  expect(await ask(user.id)).toContain("?code=");
  expect(await ask(other.id)).toContain("error=login_required");
});
