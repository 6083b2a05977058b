import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import {
  addressRow,
  applicationPath,
  applicationUrl,
  chooseKind,
  findSaved,
  openRegistration,
  openTab,
  redirectUris,
  register,
  registerPath,
} from "./steps";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("Claims in the ID token is off, visible without Advanced, and not offered for machines", async ({
      page,
      portal,
    }) => {
      await startSession(page, await portal.createUser());
      await openRegistration(page);
      const claims = page.getByRole("checkbox", { name: "Claims in the ID token" });
      await expect(claims).toBeVisible();
      await expect(claims).not.toBeChecked();
      await chooseKind(page, "Machine");
      await expect(claims).toBeHidden();
      await chooseKind(page, "Device");
      await expect(claims).toBeVisible();
    });

    test("a link prefills the form for a client that reads only the ID token", async ({ page, portal }) => {
      await startSession(page, await portal.createUser());
      await page.goto(`${registerPath}all-settings/?client=grafana`);
      const redirectUri = addressRow(redirectUris(page));
      await expect(redirectUri).toHaveValue("");
      await expect(redirectUri).toHaveAttribute("placeholder", "https://example.com/login/generic_oauth");
      await expect(redirectUris(page)).toHaveAccessibleDescription(
        /Grafana: your own host, followed by \/login\/generic_oauth/,
      );
      await expect(page.getByRole("radio", { name: "Web application", exact: true })).toBeChecked();
      await expect(page.getByRole("checkbox", { name: "Claims in the ID token" })).toBeChecked();
      const clientId = await page.getByLabel("Client id").inputValue();
      await page.getByLabel("Name").fill("dashboards");
      await redirectUri.fill("https://dashboards.internal.test/login/generic_oauth");
      await register(page);
      await expect(page).toHaveURL(applicationUrl);
      expect(await findSaved(portal, clientId)).toMatchObject({ claimsInIdToken: true, kind: "web" });
      await expect(page.getByText("ID tokens contain the claims of the granted scopes")).toBeVisible();
      await openTab(page, "Sign-in and sign-out");
      await expect(page.getByRole("checkbox", { name: "Claims in the ID token" })).toBeChecked();
    });
  });
}

test("the form and the page of the application fit and are accessible, in both themes, from desktop to phone", async ({
  page,
  portal,
}) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ owner: user });
  await startSession(page, user);
  for (const path of [`${registerPath}?client=synapse`, applicationPath(application)]) {
    await page.goto(path);
    await expectFitsEverywhere(page);
  }
});
