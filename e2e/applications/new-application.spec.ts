import { expect, expectAccessible, expectFitsEverywhere, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { addressRow, chooseKind, findSaved, redirectUris, register, registerPath, secretField } from "./steps";

const nextjsCallback = "http://localhost:3000/api/auth/callback/latchkey";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a name is enough; the quick start asks for the redirect URI, with its own suggestion", async ({
      page,
      portal,
    }) => {
      const user = await portal.createUser();
      await startSession(page, user);
      await page.goto(registerPath);
      const clientId = await page.locator("[name=client_id]").inputValue();
      await page.getByLabel("Name").fill("Shop");
      await register(page);
      await expect(page).toHaveURL(/\/quick-start\/$/);
      const secret = await secretField(page).inputValue();
      noteSecret(secret);
      expect(secret).toMatch(/^[A-Za-z0-9]{128}$/);
      expect(await findSaved(portal, clientId)).toMatchObject({
        name: "Shop",
        kind: "web",
        ownerId: user.id,
        clientType: "confidential",
        grantTypes: ["authorization_code", "refresh_token"],
        redirectUris: [],
        secrets: [{ lastFour: secret.slice(-4) }],
      });
      const question = page.getByRole("region", { name: "Add a redirect URI" });
      await expect(question.getByLabel("Redirect URI")).toHaveValue("http://127.0.0.1:3000/callback");
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByRole("button", { name: "I have stored it" }).click();
      await page.getByRole("navigation", { name: "Ways to begin" }).getByRole("link", { name: "Next.js" }).click();
      const uri = question.getByLabel("Redirect URI");
      await expect(uri).toHaveValue(nextjsCallback);
      await uri.fill("http://app.example.com/callback");
      await question.getByRole("button", { name: "Save redirect URI" }).click();
      await expect(uri).toHaveAccessibleDescription(/Plain http is only allowed/);
      await expect(uri).toHaveValue("http://app.example.com/callback");
      await uri.fill(nextjsCallback);
      await question.getByRole("button", { name: "Save redirect URI" }).click();
      await expect(question).toHaveCount(0);
      await expect(page.getByRole("heading", { name: "Next.js" })).toBeVisible();
      const { redirectUris } = await findSaved(portal, clientId);
      expect(redirectUris.map(({ uri }) => uri)).toEqual([nextjsCallback]);
    });

    for (const [label, kind, clientType] of [
      ["Single-page app", "single_page", "public"],
      ["Machine", "machine", "confidential"],
      ["Device", "device", "public"],
    ] as const) {
      test(`${label}: what it is decides the rest`, async ({ page, portal }) => {
        await startSession(page, await portal.createUser());
        await page.goto(registerPath);
        const clientId = await page.locator("[name=client_id]").inputValue();
        await chooseKind(page, label);
        await expect(redirectUris(page)).toBeVisible({ visible: kind === "single_page" });
        await page.getByLabel("Name").fill(`A ${kind}`);
        await register(page);
        await expect(page).toHaveURL(/\/quick-start\/$/);
        expect(await findSaved(portal, clientId)).toMatchObject({ kind, clientType });
        await expect(page.getByRole("region", { name: "Add a redirect URI" })).toHaveCount(
          kind === "single_page" ? 1 : 0,
        );
      });
    }

    test("a template sets more than is asked for, and its address can follow", async ({ page, portal }) => {
      await startSession(page, await portal.createUser());
      await page.goto(`${registerPath}?template=grafana`);
      const clientId = await page.locator("[name=client_id]").inputValue();
      await expect(page.getByLabel("Name")).toHaveValue("Grafana");
      await register(page);
      await expect(page).toHaveURL(/\/quick-start\/\?start=grafana$/);
      expect(await findSaved(portal, clientId)).toMatchObject({
        claimsInIdToken: true,
        allowedScopes: ["openid", "profile", "email", "groups"],
      });
      const uri = page.getByRole("textbox", { name: "Redirect URI" });
      await expect(uri).toHaveValue("https://grafana.example.com/login/generic_oauth");
      await uri.fill("https://charts.internal.test/login/generic_oauth");
      await page.getByRole("button", { name: "Save redirect URI" }).click();
      await expect(page.getByText("root_url = https://charts.internal.test")).toBeVisible();
    });
  });
}

test("all of it is on one screen, whatever a link prefills", async ({ page, portal }) => {
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const query of ["", "?kind=native", "?template=grafana&url=https://grafana.example.com"]) {
    await page.goto(`${registerPath}${query}`);
    await expect(page.getByRole("button", { name: "Register application" })).toBeInViewport({ ratio: 1 });
    await expectFitsEverywhere(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

test("by keyboard: kind, name, redirect URI, register", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await page.goto(registerPath);
  await page.getByRole("radio", { name: "Web application" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Keys");
  await page.keyboard.press("Tab");
  await page.keyboard.type("https://app.example.com/cb");
  await page.getByLabel("Name").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();
});

test("sent twice, it is registered once", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  await page.goto(registerPath);
  const clientId = await page.locator("[name=client_id]").inputValue();
  await page.getByLabel("Name").fill("Once");
  await register(page);
  await expect(page).toHaveURL(/\/quick-start\/$/);
  await page.goto(registerPath);
  await page.locator("[name=client_id]").evaluate((field: HTMLTextAreaElement, id) => {
    field.value = id;
  }, clientId);
  await page.getByLabel("Name").fill("Twice");
  await register(page);
  await expect(page.getByText("If you have sent this form before")).toBeVisible();
  expect(await portal.database.application.count({ where: { ownerId: user.id } })).toBe(1);
});

test("an address is checked while it is typed, and all settings are a page away", async ({ page, portal }) => {
  await startSession(page, await portal.createUser());
  await page.goto(`${registerPath}?kind=native`);
  const uris = addressRow(page);
  await uris.pressSequentially("http://app.example.com/callback");
  await expect(page.getByText("Plain http is only allowed for")).toBeVisible();
  await page.getByLabel("Name").fill("Wrong");
  await register(page);
  await expect(page.getByRole("alert").filter({ hasText: "Nothing has been saved yet" })).toBeVisible();
  await page.getByRole("link", { name: "All settings" }).click();
  await expect(page).toHaveURL(`${registerPath}all-settings/?kind=native`);
  await expect(page.getByRole("radio", { name: "Native app", exact: true })).toBeChecked();
  await expect(page.getByLabel("Client ID")).toBeVisible();
});
