import { BrowserClient } from "../support/browser-client";
import { send } from "../support/http";
import { expect, expectAccessible, startSession, test } from "../support/playwright";
import { authorizationOf, obtainTokens, parseJson } from "../support/token-client";

const scope = "openid profile email address phone";

test("an application with access sees what users enter in their profile", async ({ page, portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ skipConsent: true });
  await startSession(page, user);
  await page.goto("/account/");
  await page.getByRole("link", { name: "Edit profile" }).click();
  await expect(page.getByRole("heading", { name: "Your profile", level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Full name").fill("Zoe\u0308 Example");
  await page.getByLabel("Given name").fill("Zoë");
  await page.getByLabel("Family name").fill("Example");
  await page.getByLabel("Date of birth").fill("1990-02-30");
  await page.getByLabel("Language").selectOption({ label: "English" });
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByLabel("Picture").fill("https://example.com/zoe.png");
  await page.getByLabel("Phone number").fill("+44 20 7946 0018");
  await page.getByLabel("Street").fill("1 Main Street\nFlat 2");
  await page.getByLabel("Postal code").fill("SW1A 1AA");
  await page.getByLabel("City").fill("London");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByLabel("Date of birth")).toBeFocused();
  await expect(page.getByLabel("Full name")).toHaveValue("Zoe\u0308 Example");
  await expectAccessible(page);
  await page.getByLabel("Date of birth").fill("1990-02-28");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("Your profile was saved")).toBeVisible();
  await expect(page.getByText("Zoë Example")).toBeVisible();
  await expectAccessible(page);

  const client = new BrowserClient();
  await client.signIn(user);
  const { accessToken } = await obtainTokens(client, application, authorizationOf(application, { scope }));
  const userinfo = await send("GET", "/o/userinfo", { headers: { Authorization: `Bearer ${accessToken}` } });
  expect(parseJson(userinfo.text)).toEqual({
    sub: user.id,
    name: "Zoë Example",
    given_name: "Zoë",
    family_name: "Example",
    preferred_username: user.username,
    birthdate: "1990-02-28",
    locale: "en",
    zoneinfo: "Europe/Berlin",
    picture: "https://example.com/zoe.png",
    email: user.email,
    email_verified: false,
    phone_number: "+442079460018",
    phone_number_verified: false,
    address: {
      formatted: "1 Main Street\nFlat 2\nSW1A 1AA London",
      street_address: "1 Main Street\nFlat 2",
      postal_code: "SW1A 1AA",
      locality: "London",
    },
    updated_at: expect.any(Number),
  });

  // Users can't claim that something is verified, and the mark ends when the value changes.
  await portal.database.user.update({ where: { id: user.id }, data: { phoneNumberVerified: true } });
  await page.goto("/account/profile/");
  await page.getByLabel("Phone number").fill("+44 20 7946 0019");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("+442079460019")).toBeVisible();
  const after = await portal.database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(after.phoneNumberVerified).toBe(false);
  const events = await portal.database.auditEvent.findMany({ where: { userId: user.id, type: "profile.updated" } });
  expect(events.map(({ details }) => details)).toContainEqual({ fields: ["phoneNumber"] });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the profile is saved, and an invalid one comes back as it was typed", async ({ page, portal }) => {
    const user = await portal.createUser();
    await startSession(page, user);
    await page.goto("/account/profile/");
    await page.getByLabel("Nickname").fill("zoe");
    await page.getByLabel("Website").fill("javascript:alert(1)");
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByText("Nothing has been saved yet")).toBeVisible();
    await expect(page.getByLabel("Nickname")).toHaveValue("zoe");
    await expect(page.getByLabel("Website")).toHaveAccessibleDescription(/complete address/);
    await page.getByLabel("Website").fill("https://example.com/");
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByText("Your profile was saved")).toBeVisible();
    const saved = await portal.database.user.findUniqueOrThrow({ where: { id: user.id } });
    expect([saved.nickname, saved.websiteUrl]).toEqual(["zoe", "https://example.com/"]);
  });
});

test("changing the email address requires the password, and reveals nothing about other users' addresses without it", async ({
  page,
  portal,
}) => {
  const [user, other] = [await portal.createUser(), await portal.createUser()];
  await portal.database.user.update({ where: { id: user.id }, data: { emailVerified: true } });
  await startSession(page, user);
  await page.goto("/account/");
  await page.getByRole("link", { name: "Change", exact: true }).click();
  const change = async (email: string, password: string) => {
    await page.getByLabel("New e-mail address").fill(email);
    await page.getByLabel("Current password").fill(password);
    await page.getByRole("button", { name: "Change e-mail address" }).click();
  };
  await expect(page.getByLabel("New e-mail address")).toBeVisible();
  await expectAccessible(page);
  await change(other.email, "a guess");
  await expect(page.getByText("Incorrect password.")).toBeVisible();
  await expect(page.getByText("already taken")).toHaveCount(0);
  await expect(page.getByLabel("New e-mail address")).toHaveValue(other.email);
  await change(other.email.toUpperCase(), user.password);
  await expect(page.getByText("That e-mail address is already taken.")).toBeVisible();
  await expectAccessible(page);
  const next = `new-${user.email}`;
  await change(next, user.password);
  await expect(page.getByText("Your e-mail address was changed")).toBeVisible();
  await expectAccessible(page);
  const saved = await portal.database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect([saved.email, saved.emailVerified]).toEqual([next, false]);
  await new BrowserClient().signIn({ ...user, username: next });
  const events = await portal.database.auditEvent.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["email.change_refused", "email.changed"]));
});
