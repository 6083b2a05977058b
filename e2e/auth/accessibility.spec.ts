import type { Page } from "@playwright/test";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { codeChallenge, expectResponse, openConsent, requestOf } from "./authorization-requests";

const screens: Record<string, (page: Page, portal: Portal) => Promise<unknown>> = {
  "the start page": (page) => page.goto("/"),
  "the start page of someone new": async (page, portal) => {
    await startSession(page, await portal.createUser());
    await page.goto("/");
  },
  "the start page of someone with applications": async (page, portal) => {
    const user = await portal.createUser();
    const application = await portal.createApplication({ owner: user });
    await openConsent(page, user, requestOf(application));
    await page.getByRole("button", { name: "Authorize" }).click();
    await expectResponse(page, application);
    await page.goto("/");
    await expect(page.getByRole("link", { name: application.name })).toHaveCount(2);
  },
  "the sign-in page": (page) => page.goto("/login"),
  "the sign-in page after a failed attempt": async (page) => {
    await page.goto("/login");
    await page.getByLabel("Username or e-mail address").fill("nobody");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("Incorrect username or password")).toBeVisible();
  },
  "the sign-in page for an application": async (page, portal) => page.goto(requestOf(await portal.createApplication())),
  "the consent page": async (page, portal) =>
    openConsent(page, await portal.createUser(), requestOf(await portal.createApplication())),
  "the consent page of an app on the device": async (page, portal) => {
    const application = await portal.createPublicApplication({ redirectUris: ["com.example.latch:/callback"] });
    await openConsent(page, await portal.createUser(), requestOf(application, codeChallenge));
  },
  "a request that has ended": (page) => page.goto(`/login?authorization_request=${"x".repeat(43)}`),
  "a set-up link that doesn't work": (page) => page.goto("/setup/nothing"),
  "a page that is missing": (page) => page.goto("/nowhere?code=x"),
  "an authorization request that can't be answered": (page) => page.goto("/o/authorize"),
};

/** What the browser has to object to, above all to the content security policy; a 4xx is what some of these pages are. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

for (const [name, open] of Object.entries(screens)) {
  test(`${name}, in both themes, from a desk to a phone`, async ({ page, portal }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const complaints = collectComplaints(page);
    await open(page, portal);
    await expectFitsEverywhere(page);
    await expect(page).toHaveTitle(/Latchkey/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    expect(complaints).toEqual([]);
  });
}
