import { randomUUID } from "node:crypto";
import { expect, expectAccessible, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal, TestApplication, TestUser } from "../support/portal";
import { applicationPath } from "./steps";

async function allow(portal: Portal, { id: applicationId }: TestApplication, { id: userId }: TestUser): Promise<void> {
  const [at, id] = [new Date(), randomUUID()];
  const scopes = ["openid", "profile", "email", "offline_access"];
  await portal.database.consent.create({ data: { applicationId, userId, scopes, createdAt: at, updatedAt: at } });
  const times = { createdAt: at, lastUsedAt: at, expiresAt: new Date(at.getTime() + 3_600_000) };
  await portal.database.tokenFamily.create({ data: { id, applicationId, userId, codeHash: id, ...times } });
}

test("what is wrong leads to where it is mended, and then everything is fine", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const { database } = portal;
  const redirectUri = { applicationId: application.id, uri: `${application.redirectUri}/`, position: 1 };
  await database.redirectUri.create({ data: redirectUri });
  await startSession(page, owner);
  await page.goto(applicationPath(application));
  await expect(page.getByText("differ only in the trailing slash")).toBeVisible();
  await expect(page.getByText("No problems found.")).toHaveCount(0);
  await expectAccessible(page);
  await expectFitsEverywhere(page);
  await page.getByRole("listitem").filter({ hasText: "trailing slash" }).getByRole("link").click();
  await expect(page).toHaveURL(`${applicationPath(application, "sign-in/")}#redirectUris`);
  await database.redirectUri.deleteMany({ where: redirectUri });
  await page.goto(applicationPath(application));
  await expect(page.getByText("No problems found.")).toBeVisible();
});

test("an owner sees how many people use the application, and an administrator who they are", async ({
  page,
  portal,
}) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const [person, other] = [await portal.createUser(), await portal.createUser()];
  await allow(portal, application, person);
  await allow(portal, application, other);
  const path = applicationPath(application, "people/");
  await startSession(page, owner);
  await page.goto(path);
  await expect(page.getByText("2 people use it.")).toBeVisible();
  await expect(page.getByText(person.username)).toHaveCount(0);

  await page.context().clearCookies();
  await startSession(page, await portal.createUser({ administrator: true }));
  await page.goto(path);
  await expect(page.getByRole("link", { name: person.username })).toBeVisible();
  await expect(page.getByRole("link", { name: other.username })).toBeVisible();
  await expectAccessible(page);
  await expectFitsEverywhere(page);
  await page.getByRole("button", { name: `Revoke access for ${person.username}` }).click();
  await expect(page.getByText("Access revoked.")).toBeVisible();
  await expect(page.getByRole("link", { name: person.username })).toHaveCount(0);
  await expect(page.getByRole("link", { name: other.username })).toBeVisible();
  const where = { applicationId: application.id, revokedAt: null };
  expect(await portal.database.tokenFamily.findMany({ where, select: { userId: true } })).toEqual([
    { userId: other.id },
  ]);
});

test("without JavaScript two people who have different sections open both keep what they save", async ({
  browser,
  page,
  portal,
}) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "settings/"));
  const context = await browser.newContext({ javaScriptEnabled: false });
  const second = await context.newPage();
  await startSession(second, administrator);
  await second.goto(applicationPath(application, "sign-in/"));
  const signOut = second.getByRole("region", { name: "Sign-out" });
  await signOut.getByRole("heading").click();
  await signOut.getByLabel("Back-channel sign-out").fill("https://app.example.com/backchannel");
  await page.getByLabel("Name", { exact: true }).fill(`${application.name} new`);
  const general = page.locator("#general");
  await Promise.all([
    general.getByRole("button", { name: "Save changes" }).click(),
    signOut.getByRole("button", { name: "Save changes" }).click(),
  ]);
  await expect(general.getByText("Saved", { exact: true })).toBeVisible();
  await expect(signOut.getByText("Saved", { exact: true })).toBeVisible();
  const saved = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
  expect(saved).toMatchObject({
    name: `${application.name} new`,
    backchannelLogoutUri: "https://app.example.com/backchannel",
  });
  await context.close();
});
