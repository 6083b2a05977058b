import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { expectErrorRedirect } from "../support/expectations";
import { readText } from "../support/html";
import { authorizationOf, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const consentPath = /^\/consent\?authorization_request=[A-Za-z0-9_-]{43}$/;

test("§2.1: an unknown or relative resource, or one with a fragment, is invalid_target; without any scope left it is invalid_scope", async ({
  portal,
  browser,
}) => {
  const [application, api] = [await portal.createApplication(), await portal.createApi()];
  const scope = await portal.createScope();
  const refusals: [Record<string, string>, string][] = [
    [{ resource: "https://nobody.example.test/" }, "invalid_target"],
    [{ resource: "/api" }, "invalid_target"],
    [{ resource: `${api.identifier}#x` }, "invalid_target"],
    [{ resource: `${api.identifier}\0` }, "invalid_target"],
    [{ resource: api.identifier, scope }, "invalid_scope"],
  ];
  for (const [more, error] of refusals) {
    const answer = await browser.get(authorizePath(authorizationOf(application, more)));
    expectErrorRedirect(answer, application.redirectUri, error);
  }
});

test("§2: the parameter may be repeated; the page names each API; the tokens are for these", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const [photos, mail] = [await portal.createApi({ name: "Photos <b>" }), await portal.createApi({ scopes: ["read"] })];
  const request = new URLSearchParams(authorizationOf(application, { scope: "read write" }));
  for (const { identifier } of [photos, mail]) request.append("resource", identifier);
  const start = await person.get(`/o/authorize/?${request}`);
  expect(start.headers.location).toMatch(consentPath);
  const page = await person.get(start.headers.location ?? "");
  const text = readText(page.text);
  expect(text).toContain("Only at these services:");
  for (const { name, identifier } of [photos, mail]) {
    expect(text).toContain(name);
    expect(text).toContain(identifier);
  }
  expect(page.text).not.toContain("Photos <b>");

  const form = await person.openForm(start.headers.location ?? "", "/consent/submit");
  const decided = await person.submit(form, { decision: "allow" });
  const location = new URL((await person.get(decided.headers.location ?? "")).headers.location ?? "");
  const tokens = await requestToken(exchangeOf(application, location.searchParams.get("code") ?? ""));
  expect(tokens.status).toBe(200);
  const issued = await portal.database.accessToken.findFirstOrThrow({ where: { applicationId: application.id } });
  expect([...issued.audience].sort()).toEqual([photos.identifier, mail.identifier].sort());
});

test("§3: consent is remembered for the API it was given for, and not for others or all", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const [photos, mail] = [await portal.createApi(), await portal.createApi()];
  const open = async (more: Record<string, string>) =>
    (await person.get(authorizePath(authorizationOf(application, { scope: "read", ...more })))).headers.location ?? "";
  await person.obtainCode(authorizationOf(application, { scope: "read", resource: photos.identifier }));
  expect(await open({ resource: photos.identifier })).toContain("?code=");
  expect(await open({ resource: mail.identifier })).toMatch(consentPath);
  expect(await open({})).toMatch(consentPath);
  const silent = await open({ resource: mail.identifier, prompt: "none" });
  expect(new URL(silent).searchParams.get("error")).toBe("consent_required");
  // The user's own list uses the sentence that they read.
  expect(readText((await person.get("/o/authorized_tokens/")).text)).toContain("See your information");
});

test("§2.2: a code for one API gives no token for another", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const [photos, mail] = [await portal.createApi(), await portal.createApi()];
  const code = await person.obtainCode(authorizationOf(application, { resource: photos.identifier }));
  const refused = await requestToken(exchangeOf(application, code, { resource: mail.identifier }));
  expect({ status: refused.status, error: refused.body.error }).toEqual({ status: 400, error: "invalid_target" });
});
