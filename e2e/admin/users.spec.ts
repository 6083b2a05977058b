import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, expectFitsEverywhere, signIn, startSession, test } from "../support/playwright";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { signInAdministrator } from "./steps";

const phone = { width: 320, height: 720 };
const desk = { width: 1280, height: 800 };
const sizes = [phone, desk];

const nameUser = () => `created-${randomUUID().slice(0, 8)}`;
const row = (page: Page, { username }: Pick<TestUser, "username">) =>
  page.getByRole("table", { name: "Users" }).getByRole("row").filter({ hasText: username });
const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "User" }).getByRole("link", { name });
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function openUser(page: Page, { id }: Pick<TestUser, "id">, path = ""): Promise<void> {
  await page.goto(`/admin/users/${id}/${path}`);
}

async function createInForm(page: Page, portal: Portal, username: string): Promise<void> {
  await page.goto("/admin/users/");
  await page.getByRole("link", { name: "Create user" }).first().click();
  await page.getByLabel("Full name").fill("Anna Schmidt");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("E-mail address", { exact: true }).fill(`${username}@example.test`);
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { name: "Anna Schmidt", level: 1 })).toBeVisible();
  await portal.adoptUser(username);
}

test("a user is created with a password that is shown once and works once", async ({ page, portal, browser }) => {
  await signInAdministrator(page, portal);
  const username = nameUser();
  await createInForm(page, portal, username);
  const password = page.getByRole("textbox", { name: "Temporary password" });
  await expect(password).toHaveValue(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  const [temporary, own] = [await password.inputValue(), `own-${randomUUID()}`];
  noteSecret(temporary);
  noteSecret(own);
  await expectFitsEverywhere(page, sizes);
  await page.getByRole("button", { name: "I’ve stored it" }).click();
  await expect(password).toHaveCount(0);
  await page.reload();
  await expect(password).toHaveCount(0);
  await tab(page, "Security").click();
  await expect(page.getByText("Has to be changed at the next sign-in")).toBeVisible();

  const other = await browser.newPage();
  await other.goto("/login");
  await other.getByLabel(/username or e-?mail/i).fill(username);
  await other.getByLabel("Password", { exact: true }).fill(temporary);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByLabel("New password").fill(own);
  await other.getByRole("button", { name: "Save and sign in" }).click();
  await expect(other).not.toHaveURL(/\/login/);
  await other.close();
  await page.reload();
  await expect(page.getByText("Has to be changed at the next sign-in")).toHaveCount(0);

  await page.goto("/admin/users/create/");
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("E-mail address", { exact: true }).fill("other@example.test");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail address", { exact: true })).toHaveValue("other@example.test");
  await expectFitsEverywhere(page, sizes);
});

test("a user is created with a link, and chooses their own password with it", async ({ page, portal, browser }) => {
  await signInAdministrator(page, portal);
  await page.goto("/admin/users/create/");
  const username = nameUser();
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("E-mail address", { exact: true }).fill(`${username}@example.test`);
  await expect(page.locator("input[name=password]")).toBeVisible();
  await page.getByRole("radio", { name: "Copy a link" }).check();
  await expect(page.locator("input[name=password]")).toBeHidden();
  await expectFitsEverywhere(page, sizes);
  await page.getByRole("button", { name: "Create user" }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  await portal.adoptUser(username);
  noteSecret(link.split("/").at(-1) ?? "");
  await expectFitsEverywhere(page, sizes);
  await page.getByRole("button", { name: "I’ve copied it" }).click();
  await expect(page.getByRole("textbox", { name: "Link", exact: true })).toHaveCount(0);

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(new URL(link).pathname);
  await expect(theirs.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  const password = `own-${randomUUID()}`;
  noteSecret(password);
  await theirs.getByLabel("New password", { exact: true }).fill(password);
  await theirs.getByLabel("New password (again)").fill(password);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await signIn(theirs, { username, password });
  await theirs.context().close();
});

test("each section of the profile is saved by itself", async ({ page, portal }) => {
  await signInAdministrator(page, portal);
  const user = await portal.createUser();
  await openUser(page, user);
  const names = section(page, "Name");
  await names.getByLabel("Full name").fill("Maximilian Öztürk");
  await expect(names.getByText("Unsaved changes", { exact: true })).toBeVisible();
  await names.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: "Maximilian Öztürk", level: 1 })).toBeVisible();
  await expect(section(page, "Name").getByText("Saved", { exact: true })).toBeVisible();

  const account = section(page, "Sign-in and contact");
  await account.getByLabel("Verified").first().check();
  await account.getByLabel("Phone number").fill("+49 30 1234567");
  await account.getByLabel("Verified").last().check();
  await account.getByRole("button", { name: "Save changes" }).click();
  await expect(account.getByText("Saved", { exact: true })).toBeVisible();
  const read = () => portal.database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(await read()).toMatchObject({
    emailVerified: true,
    phoneNumber: "+49301234567",
    phoneNumberVerified: true,
    name: "Maximilian Öztürk",
  });

  // The mark was of the former address.
  await account.getByLabel("E-mail address", { exact: true }).fill(`new-${user.email}`);
  await account.getByRole("button", { name: "Save changes" }).click();
  await expect(account.getByText("Saved", { exact: true })).toBeVisible();
  expect(await read()).toMatchObject({ email: `new-${user.email}`, emailVerified: false, phoneNumberVerified: true });

  await account.getByLabel("Phone number").fill("030 1234567");
  await account.getByRole("button", { name: "Save changes" }).click();
  await expect(account.getByText("Nothing was saved")).toBeVisible();
  await expect(account.getByLabel("Phone number")).toHaveAttribute("aria-invalid", "true");
  await expect(account.getByLabel("Phone number")).toHaveValue("030 1234567");
  await expectFitsEverywhere(page, sizes);

  await openUser(page, user);
  const notes = section(page, "Notes");
  // Rejected because of its last character, and nothing of it is lost.
  const long = Array.from({ length: 420 }, (_, index) => `Call ${index} to Zoë`)
    .join("\n")
    .slice(0, 4990);
  await notes.getByLabel("Notes").fill(`${long}\u202e`);
  await notes.getByRole("button", { name: "Save changes" }).click();
  await expect(notes.getByText("Nothing was saved")).toBeVisible();
  await expect(notes.getByLabel("Notes")).toHaveValue(`${long}\u202e`);
  await notes.getByLabel("Notes").fill("Leaves in May.\nAsk Eva before changing anything.");
  await notes.getByRole("button", { name: "Save changes" }).click();
  await expect(notes.getByText("Saved", { exact: true })).toBeVisible();
  await expect(notes.getByLabel("Notes")).toHaveValue("Leaves in May.\nAsk Eva before changing anything.");
});

test("disabling ends an open session, and enabling lets the user sign in again", async ({ page, portal, browser }) => {
  await signInAdministrator(page, portal);
  const user = await portal.createUser();
  const other = await browser.newPage();
  await startSession(other, user);
  await other.goto("/account/");
  await expect(other.getByRole("heading", { name: "Your account" })).toBeVisible();

  await openUser(page, user, "sessions/");
  await expect(page.getByRole("list", { name: "Where this user is signed in" }).getByRole("listitem")).toHaveCount(1);
  await expectFitsEverywhere(page, sizes);
  await tab(page, "Security").click();
  await expectFitsEverywhere(page, sizes);
  await page.getByLabel("Reason").fill("Lost laptop");
  await page.getByRole("button", { name: "Disable account" }).click();
  await expect(page.getByRole("status").getByText("Account disabled")).toBeVisible();
  await expect(page.getByText("Reason: Lost laptop")).toBeVisible();
  await other.goto("/account/");
  await expect(other).toHaveURL(/\/login/);

  await page.getByRole("button", { name: "Enable account" }).click();
  await expect(page.getByText("Account enabled")).toBeVisible();
  await other.goto("/account/");
  await expect(other).toHaveURL(/\/login/);
  await startSession(other, user);
  await other.goto("/account/");
  await expect(other.getByRole("heading", { name: "Your account" })).toBeVisible();

  await page.getByRole("button", { name: "Require a new password" }).click();
  await expect(page.getByText("Has to be changed at the next sign-in")).toBeVisible();
  await other.close();
});

test("sessions are ended one by one or all at once", async ({ page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  await startSession(page, user);
  await signInAdministrator(page, portal);
  await openUser(page, user, "sessions/");
  const sessions = page.getByRole("list", { name: "Where this user is signed in" }).getByRole("listitem");
  await sessions
    .first()
    .getByRole("button", { name: /^Sign out/ })
    .click();
  await expect(page.getByText("Session ended")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("Not signed in")).toBeVisible();
});

test("a user is put into a group and taken out of it", async ({ page, portal }) => {
  const user = await portal.createUser();
  const name = `Group ${randomUUID()}`;
  const at = new Date();
  const { id } = await portal.database.group.create({
    data: { name, nameKey: name.toLowerCase(), description: "Those in the office", createdAt: at, updatedAt: at },
  });
  await signInAdministrator(page, portal);
  await openUser(page, user, "groups/");
  await expect(page.getByText("Not in any group")).toBeVisible();
  await page.getByLabel("Group", { exact: true }).selectOption({ label: name });
  await page.getByRole("button", { name: "Add to group" }).click();
  await expect(page.getByText("Added to the group")).toBeVisible();
  await expect(page.getByRole("list", { name: "Groups" }).getByText(name)).toBeVisible();
  await expectFitsEverywhere(page, sizes);
  await page.getByRole("button", { name: `Remove from ${name}` }).click();
  await expect(page.getByText("Removed from the group")).toBeVisible();
  expect(await portal.database.groupMember.count({ where: { groupId: id } })).toBe(0);
  await portal.database.group.delete({ where: { id } });
});

test("what an application may do for a user is revoked", async ({ page, portal }) => {
  const [user, application, at] = [await portal.createUser(), await portal.createApplication(), new Date()];
  await portal.database.consent.create({
    data: { userId: user.id, applicationId: application.id, scopes: ["read"], createdAt: at, updatedAt: at },
  });
  await signInAdministrator(page, portal);
  await openUser(page, user, "applications/");
  await expect(page.getByRole("heading", { name: application.name })).toBeVisible();
  await expectFitsEverywhere(page, sizes);
  await page.getByRole("button", { name: `Revoke ${application.name}` }).click();
  await expect(page.getByText("Access revoked")).toBeVisible();
  await expect(page.getByText("No authorized applications")).toBeVisible();
  expect(await portal.database.consent.count({ where: { userId: user.id } })).toBe(0);
});

test("a user is deleted after the name was typed, and the applications go to someone else", async ({
  page,
  portal,
}) => {
  const [user, heir] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication({ owner: user });
  await signInAdministrator(page, portal);
  await openUser(page, user, "security/");
  await page.getByRole("link", { name: "Delete user…" }).click();
  await expect(page.getByText("1 application owned")).toBeVisible();
  await page.getByLabel("New owner of the application").fill("nobody-has-this-name");
  await page.getByLabel("Type the name to confirm").fill("Someone");
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("The name doesn’t match. Nothing was deleted.")).toBeVisible();
  await page.getByLabel("Type the name to confirm").fill(user.username);
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("Choose a user who can sign in.")).toBeVisible();
  await expectFitsEverywhere(page, sizes);
  await page.getByLabel("New owner of the application").fill(heir.email);
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("User deleted")).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/users\/$/);
  expect(await portal.database.user.count({ where: { id: user.id } })).toBe(0);
  const { ownerId } = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
  expect(ownerId).toBe(heir.id);
});

test("the list is searched, filtered, and changed for several users at once", async ({ page, portal }) => {
  const users = [await portal.createUser(), await portal.createUser()];
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto("/admin/users/");
  // The key does something only once the page's script has loaded.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search users" })).toBeFocused({ timeout: 500 });
  }).toPass();
  const [first, second] = users as [TestUser, TestUser];
  await page.keyboard.type(first.username.slice(3));
  await page.keyboard.press("Enter");
  await expect(row(page, first)).toContainText("Active");
  await expect(row(page, second)).toHaveCount(0);
  await page.getByRole("checkbox", { name: `Select ${first.username}` }).check();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Disable 1 user?" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Users" })).toContainText(first.username);
  await expectFitsEverywhere(page, sizes);
  await page.getByLabel("Reason").fill("Left the company");
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByText("1 account disabled")).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(row(page, first)).toContainText("Disabled");
  await page.getByRole("combobox", { name: "Status" }).selectOption("enabled");
  await expect(page.getByText("No matches")).toBeVisible();
  await expectFitsEverywhere(page, sizes);

  await page.goto(`/admin/users/?q=${administrator.username}`);
  await page.getByRole("checkbox", { name: `Select ${administrator.username}` }).check();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByText("None of the selected users can be disabled")).toBeVisible();
  await expectFitsEverywhere(page, sizes);
});

test("accounts with a portal role are for administrators, and auditors change nothing", async ({ page, portal }) => {
  const [user, administrator] = [await portal.createUser(), await portal.createUser({ administrator: true })];
  await startSession(page, await portal.createUser({ portalRole: "user_manager" }));
  await openUser(page, administrator);
  await expect(page.getByText("You can’t change this account")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  await openUser(page, user);
  for (const name of ["Sign-in and contact", "Name", "Details", "Address", "Notes"]) {
    await expect(section(page, name).getByRole("button", { name: "Save changes" })).toBeVisible();
  }

  await page.context().clearCookies();
  await startSession(page, await portal.createUser({ portalRole: "auditor" }));
  await page.goto(`/admin/users/?q=${user.username}`);
  await expect(row(page, user)).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Create user" })).toHaveCount(0);
  const main = page.getByRole("main");
  for (const path of ["", "security/", "groups/", "sessions/", "applications/"]) {
    await openUser(page, user, path);
    await expect(main.getByText(user.email)).not.toHaveCount(0);
    await expect(main.getByRole("button").filter({ hasNotText: /Copy/ })).toHaveCount(0);
  }
  await openUser(page, user);
  await expectFitsEverywhere(page, sizes);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a user is created, changed, and disabled from the list", async ({ page, portal }) => {
    await signInAdministrator(page, portal);
    const username = nameUser();
    await createInForm(page, portal, username);
    noteSecret(await page.getByRole("textbox", { name: "Temporary password" }).inputValue());
    await section(page, "Address").getByLabel("City").fill("Zürich");
    await section(page, "Address").getByRole("button", { name: "Save changes" }).click();
    await expect(section(page, "Address").getByLabel("City")).toHaveValue("Zürich");
    await page.goto(`/admin/users/?q=${username}`);
    await page.getByRole("checkbox", { name: `Select ${username}` }).check();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await page.getByLabel("Reason").fill("Left the company");
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await expect(page.getByText("1 account disabled")).toBeVisible();
    await page.getByRole("link", { name: username }).click();
    await page.getByRole("link", { name: "Security" }).click();
    await expect(page.getByText("Left the company")).toBeVisible();
  });
});
