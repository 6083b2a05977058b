import { expect } from "vitest";
import { directionOf, type Locale } from "@/lib/messages/locales";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { type Answer, encodeForm, formType, postForm, send } from "../support/http";
import { createRelyingParty, logoutPath, signInTo } from "../support/logout";
import { readList } from "../support/server-metadata";
import { authorizationOf, credentialsOf, parseJson } from "../support/token-client";
import { test as base } from "../support/vitest";

/** What the browser would get by itself: the pseudo-locale, which is no language of an application. */
const accepted = { "Accept-Language": "ar-XB" };

const languages: string[] = readList("ui_locales_supported");

/** The test signs out, so it needs its own browser. */
const test = base.extend<{ guest: BrowserClient }>({
  guest: async ({ user }, use) => {
    const guest = new BrowserClient({ headers: accepted });
    await guest.signIn(user);
    await use(guest);
  },
});

/** A separate address: refused requests per network and hour are limited. */
const network = "127.0.33.2";

function expectLanguage(page: Answer, language: string): void {
  const [, lang, dir] = /<html lang="([^"]*)" dir="([^"]*)"/.exec(page.text) ?? [];
  expect({ lang, dir }, page.text.slice(0, 200)).toEqual({ lang: language, dir: directionOf(language as Locale) });
}

test("an error page is in the language of the browser if the application asks for none that there is", async () => {
  for (const path of ["/o/authorize?client_id=nobody", "/o/logout?client_id=nobody"]) {
    for (const asked of ["", "&ui_locales=tlh"]) {
      expectLanguage(await send("GET", `${path}${asked}`, { headers: accepted, from: network }), "ar-XB");
    }
  }
});

test.for(languages)("ui_locales=%s: error pages of /o/authorize and /o/logout, by GET and POST", async (language) => {
  const fields = { client_id: "nobody", ui_locales: `tlh ${language}` };
  for (const path of ["/o/authorize", "/o/logout"]) {
    const byQuery = await send("GET", `${path}?${encodeForm(fields)}`, { headers: accepted, from: network });
    expect(byQuery.status).toBe(400);
    expectLanguage(byQuery, language);
    const headers = { ...accepted, ...new BrowserClient().cookieHeader(path), "Sec-Fetch-Site": "same-origin" };
    expectLanguage(await postForm(path, fields, { headers, from: network }), language);
    const repeated = `${encodeForm(fields)}&state=1&state=2`;
    const unread = { headers: { ...headers, "Content-Type": formType }, body: repeated, from: network };
    expectLanguage(await send("POST", path, unread), language);
  }
});

test.for(languages)(
  "ui_locales=%s: the page before an unapproved application, also if it was pushed",
  async (language, { portal }) => {
    const redirectUris = ["https://app.example.test/callback"];
    const application = await portal.createApplication({ redirectUris, redirectsBeforeSignIn: false });
    const request = { ...authorizationOf(application), ui_locales: language };
    const browser = new BrowserClient({ headers: accepted });
    const openly = await browser.get(authorizePath({ ...request, scope: "bogus" }));
    expect(openly.text).toContain("app.example.test");
    expectLanguage(openly, language);

    const pushed = await postForm("/o/par", { ...request, ...credentialsOf(application) });
    const request_uri = String(parseJson(pushed.text).request_uri);
    await portal.database.application.update({ where: { id: application.id }, data: { grantTypes: [] } });
    const withdrawn = await browser.get(authorizePath({ client_id: application.clientId, request_uri }));
    expect(withdrawn.text).toContain("app.example.test");
    expectLanguage(withdrawn, language);
  },
);

test.for(languages)("ui_locales=%s: a response in a form", async (language, { portal }) => {
  const application = await portal.createApplication();
  const request = { ...authorizationOf(application), response_mode: "form_post", prompt: "none", ui_locales: language };
  const page = await new BrowserClient({ headers: accepted }).get(authorizePath(request));
  expect(page.status).toBe(200);
  expectLanguage(page, language);
});

test.for(languages)(
  "RP-Initiated Logout §2, ui_locales=%s: the question, and the page after it",
  async (language, { portal, guest }) => {
    const party = await createRelyingParty(portal);
    await signInTo(guest, party);
    const question = await guest.get(logoutPath({ client_id: party.clientId, ui_locales: `tlh ${language}` }));
    expectLanguage(question, language);
    const form = findForm(question, "/o/logout/submit");
    if (!form) throw new Error("There is no form to confirm with.");
    expect((await guest.submit(form, {})).headers.location).toBe("/o/logged-out");
    expectLanguage(await guest.get("/o/logged-out"), language);
  },
);

test.for([
  ...languages.map((language) => [language, { "Accept-Language": `tlh, ${language};q=0.9, ar-XB;q=0.5` }] as const),
  ...languages.map((language) => [language, { ...accepted, Cookie: `locale=${language}` }] as const),
  ["ar-XB", accepted] as const,
])("%s: a page that is answered before Next.js", async ([language, headers]) => {
  const page = await send("POST", "/o/applications/register/", {
    headers: { ...headers, Origin: "https://evil.example.test", "Content-Type": "multipart/form-data; boundary=x" },
    body: "--x--\r\n",
  });
  expect(page.status).toBe(403);
  expectLanguage(page, language);
});
