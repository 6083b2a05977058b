import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { test } from "../support/vitest";

const traps = [
  "https://evil.example.test/",
  "//evil.example.test/",
  "///evil.example.test/",
  "/\\evil.example.test/",
  "\\\\evil.example.test/",
  "/\t/evil.example.test/",
  "/\n/evil.example.test/",
  "/\0/evil.example.test/",
  " //evil.example.test/",
  "http:evil.example.test",
  "http:/evil.example.test",
  "javascript:alert(1)",
  "data:text/html,x",
  "/%0d%0aLocation:%20https://evil.example.test/\r\nX-Injected: 1",
  "@evil.example.test",
  ".evil.example.test",
  "https:///evil.example.test",
  "/.//evil.example.test/",
  "/..//evil.example.test/",
  "/a/..//evil.example.test/",
  "/%2e//evil.example.test/",
  `${baseUrl}@evil.example.test/`,
];

function expectLocal(location: string | undefined): void {
  const url = new URL(location ?? "", baseUrl);
  expect(url.origin).toBe(baseUrl);
  // A browser that resolves `//host` to another site does so with this as well.
  expect(location).toMatch(/^\/(?![/\\])/);
}

test("next leads only to pages of this site, after signing in", async ({ user }) => {
  for (const next of traps) {
    const browser = new BrowserClient();
    const page = await browser.openForm(`/login?${new URLSearchParams({ next })}`, "/login/submit");
    const forged = { identifier: user.username, password: user.password, next };
    const answer = await browser.submit(page, forged);
    expectLocal(answer.headers.location);
    expect(answer.headers["x-injected"]).toBeUndefined();
  }
});

test("next leads only to pages of this site, for a signed-in user, and from the article's login address", async ({
  person,
}) => {
  for (const next of traps) {
    const query = new URLSearchParams({ next });
    for (const path of [`/login?${query}`, `/admin/login/?${query}`]) {
      const answer = await person.get(path);
      if (answer.headers.location !== undefined) expectLocal(answer.headers.location);
      expect(answer.headers["x-injected"]).toBeUndefined();
    }
  }
});

test("a path of this site is kept, with its query", async ({ user, browser }) => {
  const next = "/o/applications/?after=1";
  const toLogin = await browser.get(`/admin/login/?${new URLSearchParams({ next })}`);
  expect(toLogin.headers.location).toBe(`/login?${new URLSearchParams({ next })}`);
  const form = await browser.openForm(toLogin.headers.location ?? "", "/login/submit");
  const answer = await browser.submit(form, { identifier: user.email.toUpperCase(), password: user.password });
  expect(answer.headers.location).toBe(next);
});

test("the theme form returns only to pages of this site", async ({ browser }) => {
  for (const referer of ["https://evil.example.test/", "//evil.example.test/", "javascript:alert(1)", "x"]) {
    const answer = await browser.post("/theme", { theme: "dark" }, { Referer: referer });
    expectLocal(answer.headers.location);
  }
});
