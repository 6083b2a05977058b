import { expect, expectAccessible, startSession, test } from "../support/playwright";
import { addressRow, applicationPath, findSaved } from "./steps";

const save = { name: "Save changes" };

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a section is saved by itself, and everything else stays", async ({ page, portal }) => {
      const owner = await portal.createUser();
      const application = await portal.createApplication({ owner, requirePkce: true });
      await startSession(page, owner);
      await page.goto(applicationPath(application, "sign-in/"));
      const section = page.getByRole("region", { name: "Sign-out" });
      await section.getByRole("heading").click();
      await section.getByLabel("Back-channel sign-out").fill("https://app.example.com/backchannel");
      await section.getByRole("checkbox", { name: "Require session ID (back-channel)" }).check();
      await section.getByRole("button", save).click();
      await expect(section.getByText("Saved", { exact: true })).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`${applicationPath(application, "sign-in/")}#signOut$`));
      await expect(section.getByLabel("Back-channel sign-out")).toHaveValue("https://app.example.com/backchannel");
      const saved = await findSaved(portal, application.clientId);
      expect(saved).toMatchObject({
        name: application.name,
        requirePkce: true,
        backchannelLogoutUri: "https://app.example.com/backchannel",
        backchannelLogoutSessionRequired: true,
        grantTypes: ["authorization_code", "refresh_token"],
      });
      expect(saved.redirectUris.map(({ uri }) => uri)).toEqual([application.redirectUri]);
    });

    test("an error is beside its field, what was typed stays, and nothing is saved", async ({ page, portal }) => {
      const owner = await portal.createUser();
      const application = await portal.createApplication({ owner });
      await startSession(page, owner);
      await page.goto(applicationPath(application, "sign-in/"));
      const section = page.getByRole("region", { name: "Sign-in", exact: true });
      await section.getByRole("heading").click();
      const age = section.getByLabel("Default max age (seconds)");
      await age.fill("an hour");
      await section.getByLabel("Initiate login URI").fill("http://app.example.com/login");
      await section.getByRole("button", save).click();
      await expect(age).toHaveAttribute("aria-invalid", "true");
      await expect(age).toHaveAccessibleDescription(/Enter a whole number of seconds/);
      await expect(age).toHaveValue("an hour");
      await expect(section.getByText("Fields with errors: 2")).toBeVisible();
      if (javaScriptEnabled) await expect(age).toBeFocused();
      expect(await findSaved(portal, application.clientId)).toMatchObject({ defaultMaxAge: null });
    });

    test("settings that most leave unchanged are folded, and an error in them opens them", async ({ page, portal }) => {
      const owner = await portal.createUser();
      const application = await portal.createApplication({ owner });
      await startSession(page, owner);
      await page.goto(applicationPath(application, "settings/"));
      const section = page.getByRole("region", { name: "Tokens and requests" });
      await expect(section.getByLabel("Default API")).toBeHidden();
      await section.getByRole("heading").click();
      await section.getByLabel("Default API").fill("https://api.nowhere.example");
      await section.getByRole("button", save).click();
      await expect(section.getByText(/Fields with errors: 1/)).toBeVisible();
      await expect(section.getByLabel("Default API")).toHaveValue("https://api.nowhere.example");
      await section.getByLabel("Default API").fill("");
      await section.getByRole("checkbox", { name: "Require PKCE" }).check();
      await section.getByRole("button", save).click();
      await expect(section.getByText("Saved", { exact: true })).toBeVisible();
      expect(await findSaved(portal, application.clientId)).toMatchObject({ requirePkce: true });
    });
  });
}

test("leaving with changes asks, and discarding them doesn't", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "settings/"));
  const general = page.getByRole("region", { name: "Name and kind" });
  await general.getByLabel("Name").fill("");
  await general.getByRole("button", save).click();
  await expect(general.getByText("Fields with errors: 1")).toBeVisible();
  await page.getByRole("link", { name: "Credentials" }).click();
  const dialog = page.getByRole("dialog", { name: "Discard unsaved changes?" });
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await general.getByRole("button", { name: "Discard" }).click();
  await expect(general.getByText("Fields with errors: 1")).toHaveCount(0);
  await expect(general.getByLabel("Name")).toHaveValue(application.name);
  await page.getByRole("link", { name: "Credentials" }).click();
  await expect(page).toHaveURL(applicationPath(application, "credentials/"));
});

test("what other sections decide hides fields: a profile and a public client", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createPublicApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "settings/"));
  await page.getByRole("heading", { name: "Tokens and requests" }).click();
  await expect(page.getByRole("checkbox", { name: "Require PKCE" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Only signed requests (JAR)" })).toBeHidden();
  await expectAccessible(page);
});

test("what needs settings of two sections says so and leads to the form with all of them", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const frontchannelLogoutUri = "https://app.example.com/signed-out";
  const application = await portal.createApplication({
    owner,
    redirectUris: ["https://app.example.com/callback"],
    frontchannelLogoutUri,
  });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "sign-in/"));
  const section = page.getByRole("region", { name: "Redirect URIs" });
  await addressRow(section).fill("https://other.example.com/callback");
  await section.getByRole("button", save).click();
  await expect(section.getByText(/must have the scheme, host and port of one of the redirect URIs/)).toBeVisible();
  await section.getByRole("link", { name: "Change these settings together on one page" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard changes" }).click();
  await expect(page).toHaveURL(applicationPath(application, "update/"));
});

test("a tab of an ordinary application is two screens long at most", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, kind: "web" });
  await startSession(page, owner);
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const tab of ["", "credentials/", "sign-in/", "permissions/", "people/", "settings/"]) {
    await page.goto(applicationPath(application, tab));
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect.soft(height, tab).toBeLessThanOrEqual(1600);
  }
});
