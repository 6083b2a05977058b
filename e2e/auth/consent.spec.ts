import { baseUrl, issuer } from "../support/environment";
import { expect, expectAccessible, goBack, signIn, test } from "../support/playwright";
import { codeChallenge, expectResponse, expectSameLooks, openConsent, requestOf } from "./authorization-requests";

test("shows who asks, who is asked, for what, and where it leads", async ({ page, portal }) => {
  const [owner, user] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication({ owner, redirectUris: ["https://app.example.test/callback"] });
  await openConsent(page, user, requestOf(application));
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1 })).toHaveText(`Authorize ${application.name}?`);
  await expect(main.getByText(`Registered by ${owner.username}`)).toBeVisible();
  await expect(main.getByText(user.email)).toBeVisible();
  await expect(main.getByRole("listitem")).toHaveText([
    "See your information",
    "Add, change and delete your information",
  ]);
  await expect(main.getByText("app.example.test", { exact: true })).toBeVisible();
  await expect(main.getByRole("link", { name: "Authorized applications" })).toHaveAttribute(
    "href",
    "/o/authorized_tokens/",
  );
});

test("both answers look the same", async ({ page, portal }) => {
  await openConsent(page, await portal.createUser(), requestOf(await portal.createApplication()));
  await expectSameLooks(page, ["Cancel", "Authorize"]);
});

test("Authorize redirects with a code, Cancel with access_denied", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await openConsent(page, user, requestOf(application, { state: "s1" }));
  await page.getByRole("button", { name: "Cancel" }).click();
  const denied = await expectResponse(page, application);
  expect([denied.get("error"), denied.get("state"), denied.get("iss")]).toEqual(["access_denied", "s1", issuer]);

  await page.goto(requestOf(application, { state: "s2" }));
  await page.getByRole("button", { name: "Authorize" }).click();
  const approved = await expectResponse(page, application);
  expect([...approved.keys()]).toEqual(["code", "state", "iss"]);
  // Nothing answers there, so our own 404 page is shown at the same address.
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await expect(page.getByText("is in the address bar")).toBeVisible();
  await expect(page.getByText(approved.get("code") ?? "")).toHaveCount(0);
});

test("an approval is remembered, force asks anyway, new scopes are asked for and marked", async ({ page, portal }) => {
  const [user, application, scope] = [
    await portal.createUser(),
    await portal.createApplication(),
    await portal.createScope(),
  ];
  await openConsent(page, user, requestOf(application));
  await page.getByRole("button", { name: "Authorize" }).click();
  await expectResponse(page, application);

  await page.goto(requestOf(application));
  expect((await expectResponse(page, application)).has("code")).toBe(true);

  await page.goto(requestOf(application, { approval_prompt: "force" }));
  await expect(page.getByText("You allowed all of this before.")).toBeVisible();

  await page.goto(requestOf(application, { scope: `read ${scope}` }));
  await expect(page.getByRole("listitem").filter({ hasText: `Do what ${scope} allows` })).toContainText("New");
  await expect(page.getByRole("listitem").filter({ hasText: "See your information" })).not.toContainText("New");
});

test("a public app on the device is described as unverifiable, and asks every time", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createPublicApplication({ redirectUris: [`${baseUrl}/noexist/native`] });
  await openConsent(page, user, requestOf(application, codeChallenge));
  await expect(page.getByText("This app can’t prove its name")).toBeVisible();
  await page.getByRole("button", { name: "Authorize" }).click();
  await expectResponse(page, application);
  await page.goto(requestOf(application, codeChallenge));
  await expect(page.getByRole("button", { name: "Authorize" })).toBeVisible();

  const onTheWeb = await portal.createPublicApplication();
  await page.goto(requestOf(onTheWeb, codeChallenge));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Authorize ${onTheWeb.name}?`);
  await expect(page.getByText("This app can’t prove its name")).toHaveCount(0);
});

test("an app's own scheme is described in words, and the answer reaches it", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createPublicApplication({ redirectUris: ["com.example.latch:/callback"] });
  await openConsent(page, user, requestOf(application, codeChallenge));
  await expect(page.getByText("com.example.latch:", { exact: true })).toBeVisible();
  const resumed = page.waitForResponse((response) => response.url().includes("/o/authorize?authorization_request="));
  await page.getByRole("button", { name: "Authorize" }).click();
  expect((await (await resumed).allHeaders()).location).toMatch(/^com\.example\.latch:\/callback\?code=/);
});

test("Use another account continues the same request as another user", async ({ page, portal }) => {
  const [user, other, application] = [
    await portal.createUser(),
    await portal.createUser(),
    await portal.createApplication(),
  ];
  await openConsent(page, user, requestOf(application, { state: "kept" }));
  await page.getByRole("button", { name: "Use another account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sign in to continue to ${application.name}`);
  await signIn(page, other);
  await expect(page.getByText(other.email)).toBeVisible();
  await page.getByRole("button", { name: "Authorize" }).click();
  expect((await expectResponse(page, application)).get("state")).toBe("kept");
});

test("going back after the answer, and answering a second time, are explained", async ({ page, context, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await openConsent(page, user, requestOf(application));
  const secondTab = await context.newPage();
  await secondTab.goto(page.url());
  await expect(secondTab.getByRole("button", { name: "Authorize" })).toBeVisible();
  await page.getByRole("button", { name: "Authorize" }).click();
  await expectResponse(page, application);

  const answer = secondTab.waitForResponse((response) => response.url().endsWith("/consent/submit"));
  await secondTab.getByRole("button", { name: "Cancel" }).click();
  expect((await answer).status()).toBe(400);
  await expect(secondTab.getByText("has expired or was already completed")).toBeVisible();

  await goBack(page);
  await expect(page.getByText("has expired or was already completed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Authorize" })).toHaveCount(0);
});

test("another browser can neither see nor answer the request", async ({ page, browser, portal }) => {
  const [user, stranger, application] = [
    await portal.createUser(),
    await portal.createUser(),
    await portal.createApplication(),
  ];
  await openConsent(page, user, requestOf(application));
  const id = new URL(page.url()).searchParams.get("authorization_request") ?? "";

  const elsewhere = await browser.newContext({ baseURL: baseUrl });
  const strangersPage = await elsewhere.newPage();
  await openConsent(strangersPage, stranger, requestOf(application));
  const form = strangersPage.locator("form").filter({ has: strangersPage.getByRole("button", { name: "Authorize" }) });
  await form.locator("input[name=authorization_request]").evaluate((input: HTMLInputElement, value) => {
    input.value = value;
  }, id);
  const answer = strangersPage.waitForResponse((response) => response.url().endsWith("/consent/submit"));
  await strangersPage.getByRole("button", { name: "Authorize" }).click();
  expect((await answer).status()).toBe(403);
  await expect(strangersPage.getByText("started in another browser")).toBeVisible();
  await strangersPage.goto(`/consent?authorization_request=${id}`);
  await expect(strangersPage.getByText("started in another browser")).toBeVisible();
  await expect(strangersPage.getByText(application.name)).toHaveCount(0);
  await elsewhere.close();

  await page.getByRole("button", { name: "Authorize" }).click();
  expect((await expectResponse(page, application)).has("code")).toBe(true);
});

test("after signing out, the consent page leads to sign-in and back", async ({ page, context, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await openConsent(page, user, requestOf(application));
  const sessionCookies = (await context.cookies()).filter(({ name }) => name.includes("session"));
  expect(sessionCookies.length).toBeGreaterThan(0);
  for (const { name } of sessionCookies) await context.clearCookies({ name });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sign in to continue to ${application.name}`);
  await signIn(page, user);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Authorize ${application.name}?`);
});

test("names, addresses and scopes of any length fit on a phone", async ({ page, portal }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const scopes: string[] = [];
  for (let count = 0; count < 20; count++) scopes.push(await portal.createScope());
  const application = await portal.createApplication({ name: "Ж".repeat(50) + "W".repeat(50) });
  const user = await portal.createUser({ nameLength: 60 });
  await openConsent(page, user, requestOf(application, { scope: scopes.join(" ") }));
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(20);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  for (const path of ["/", "/o/applications/", "/o/applications/register/", "/o/authorized_tokens/"]) {
    await page.goto(path);
    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the whole way from the application and back", async ({ page, portal }) => {
    const [user, application] = [await portal.createUser(), await portal.createApplication()];
    await page.goto(requestOf(application));
    await signIn(page, user);
    await page.getByRole("button", { name: "Authorize" }).click();
    expect((await expectResponse(page, application)).has("code")).toBe(true);
  });
});

test("OpenID scopes: in plain words, with the values that would be shared", async ({ page, portal }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await portal.database.user.update({
    where: { id: user.id },
    data: { name: "Zoë Example", streetAddress: "1 Main Street", locality: "London" },
  });
  const scope = "openid profile email address phone offline_access";
  await openConsent(page, user, requestOf(application, { scope }));
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText([
    "Know who you are",
    `See your name, picture and other details of your profile Zoë Example, ${user.username}`,
    `See your e-mail address ${user.email}`,
    "See your postal address 1 Main Street, London",
    "See your phone number You haven’t set a phone number.",
    "Keep its access while you are signed out",
  ]);
  await expectAccessible(page);
});
