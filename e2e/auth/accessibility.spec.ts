import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { SignInThrottle } from "@/lib/auth/sign-in-throttle";
import { baseUrl } from "../support/environment";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { codeChallenge, openConsent, requestOf } from "./authorization-requests";

const screens: Record<string, (page: Page, portal: Portal) => Promise<unknown>> = {
  "the start page": (page) => page.goto("/"),
  "the start page of someone new": async (page, portal) => {
    await startSession(page, await portal.createUser());
    await page.goto("/");
  },
  "the start page of someone with applications to open": async (page, portal) => {
    const user = await portal.createUser();
    const { name } = await portal.createApplication({ owner: user, launchUrl: "https://app.example.test/start" });
    await startSession(page, user);
    await page.goto("/");
    await expect(page.getByRole("link", { name })).toHaveAttribute("href", "https://app.example.test/start");
    await expect(page.getByRole("link", { name: "Your applications" }).first()).toBeVisible();
    await expect(page.getByText("/o/token")).toHaveCount(0);
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
  "the page after too many failed attempts": async (page, portal) => {
    const user = await portal.createUser();
    await exhaustAttempts(user.id);
    await submitSignIn(page, "/login", user.username);
    await expect(page.getByRole("heading", { name: "Too many attempts" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Back to sign-in" })).toBeVisible();
  },
  "a form behind a proxy that PUBLIC_URL doesn't name": async (page) => {
    const origin = await openProxy(page);
    await submitSignIn(page, `${origin}/login`, "nobody");
    await expect(page.getByRole("heading", { name: "We couldn’t accept this form" })).toBeVisible();
    await expect(page.getByText(`It came from a page at ${origin}`)).toBeVisible();
  },
  "a request that has ended": (page) => page.goto(`/login?authorization_request=${"x".repeat(43)}`),
  "a set-up link that doesn't work": (page) => page.goto("/setup/nothing"),
  "a page that is missing": (page) => page.goto("/nowhere?code=x"),
  "an authorization request that can't be answered": (page) => page.goto("/o/authorize"),
};

async function submitSignIn(page: Page, address: string, identifier: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Username or e-mail address").fill(identifier);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The account's limit as left by guesses from ten other networks, without the time these take. */
async function exhaustAttempts(userId: string): Promise<void> {
  for (let network = 0; network < 10; network++) {
    const ipAddress = `2001:db8:a11:${network}::1`;
    const throttle = new SignInThrottle({ userId, name: null, ipAddress, knownBrowser: null });
    for (let attempt = 0; attempt < 10; attempt++) await throttle.countAttempt(new Date());
  }
}

/** The server at an address that it doesn't know as its own, for as long as the page is open. */
async function openProxy(page: Page): Promise<string> {
  const { host } = new URL(baseUrl);
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(`${baseUrl}${url}`, { method, headers: { ...headers, host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  page.once("close", () => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/**
 * Problems that the browser reports, above all with the content security policy; some of these pages are a 4xx on
 * purpose.
 */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

for (const [name, open] of Object.entries(screens)) {
  test(`${name}, in both themes, from desktop to phone`, async ({ page, portal }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const complaints = collectComplaints(page);
    await open(page, portal);
    await expectFitsEverywhere(page);
    await expect(page).toHaveTitle(/Latchkey/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    expect(complaints).toEqual([]);
  });
}
