import type { Page } from "@playwright/test";
import { secretField } from "../applications/steps";
import { adoptGroup } from "../support/groups";
import { expect, startSession, test } from "../support/playwright";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

/** What someone in each portal role finds and does (docs/permissions.md); every route is in e2e/http/portal-roles. */

interface Walk {
  role: "administrator" | "user_manager" | "application_manager" | "auditor" | "application_owner" | null;
  /** The side navigation; empty: there is none. */
  navigation: readonly string[];
  /** One thing that the role is for, done. */
  work: (page: Page, portal: Portal, other: TestUser) => Promise<void>;
  /** Pages that aren't there for it. */
  absent: readonly string[];
}

const people = ["Users", "Groups", "Invitations", "Messages"];
const applications = ["Applications", "APIs and scopes", "Initial access tokens"];
const settings = ["General", "Attributes", "E-mail", "Signing keys"];

async function createGroup(page: Page, portal: Portal, other: TestUser): Promise<void> {
  await page.goto("/admin/groups/");
  await page.getByRole("main").getByRole("link", { name: "Create group" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(`Group of ${other.username}`);
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByText("The group was created.")).toBeVisible();
  adoptGroup(portal, new URL(page.url()).pathname.split("/").at(-2) ?? "");
}

async function disableUser(page: Page, portal: Portal, other: TestUser): Promise<void> {
  await page.goto(`/admin/users/?q=${other.username}`);
  await page.getByRole("main").getByRole("link", { name: other.username }).first().click();
  await page.getByRole("link", { name: "Security", exact: true }).click();
  await page.getByLabel("Reason").fill("Left the company");
  await page.getByRole("button", { name: "Disable account" }).click();
  await expect(page.getByRole("status").getByText("Account disabled")).toBeVisible();
  const { disabledAt } = await portal.database.user.findUniqueOrThrow({ where: { id: other.id } });
  expect(disabledAt).not.toBeNull();
}

async function createScope(page: Page, portal: Portal, other: TestUser): Promise<void> {
  const name = `scope-${other.username}`;
  portal.adoptScope(name);
  await page.goto("/o/scopes/create/");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Description").fill("See the stock of the warehouse");
  await page.getByRole("button", { name: "Create scope" }).click();
  await expect(page.getByRole("heading", { name: "Scopes", level: 1 })).toBeVisible();
  await page.goto(`/o/scopes/?q=${name}`);
  await expect(page.getByRole("main").getByText(name).first()).toBeVisible();
}

async function readUser(page: Page, _portal: Portal, other: TestUser): Promise<void> {
  await page.goto(`/admin/users/${other.id}/`);
  await expect(page.getByRole("main").getByText(other.email).first()).toBeVisible();
  for (const tab of ["", "security/", "groups/", "sessions/", "applications/"]) {
    await page.goto(`/admin/users/${other.id}/${tab}`);
    await expect(page.locator("main button[type=submit]")).toHaveCount(0);
  }
}

async function registerApplication(page: Page, portal: Portal, other: TestUser): Promise<void> {
  const name = `App of ${other.username}`;
  portal.atCleanUp(() => portal.database.application.deleteMany({ where: { name } }));
  await page.goto("/o/applications/register/");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Register application" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  noteSecret(await secretField(page).inputValue());
}

const walks: readonly Walk[] = [
  {
    role: "administrator",
    navigation: ["Overview", ...people, ...applications, ...settings],
    work: createGroup,
    absent: ["/admin/nothing/"],
  },
  {
    role: "user_manager",
    navigation: ["Overview", ...people],
    work: disableUser,
    absent: ["/admin/settings/", "/o/apis/", "/o/scopes/create/", "/o/registration-tokens/", "/o/signing-keys/"],
  },
  {
    role: "application_manager",
    navigation: ["Overview", "Groups", ...applications],
    work: createScope,
    absent: ["/admin/users/", "/admin/invitations/", "/admin/messages/", "/admin/groups/create/", "/admin/settings/"],
  },
  {
    role: "auditor",
    navigation: ["Overview", ...people, ...applications, ...settings],
    work: readUser,
    absent: ["/admin/users/create/", "/admin/groups/create/", "/o/scopes/create/", "/o/applications/register/"],
  },
  {
    role: "application_owner",
    navigation: [],
    work: registerApplication,
    absent: ["/admin/", "/admin/users/", "/admin/search/", "/o/apis/", "/o/scopes/"],
  },
  {
    role: null,
    navigation: [],
    work: async (page) => {
      await page.goto("/account/profile/");
      await page.getByLabel("Full name").fill("Maya Lindqvist");
      await page.getByRole("button", { name: "Save profile" }).click();
      await expect(page.getByText("Your profile was saved")).toBeVisible();
    },
    absent: ["/admin/", "/admin/users/", "/admin/search/", "/o/apis/", "/o/registration-tokens/"],
  },
];

for (const { role, navigation, work, absent } of walks) {
  test(`as ${role?.replace("_", " ") ?? "user"}`, async ({ page, portal }) => {
    const other = await portal.createUser();
    await startSession(page, await portal.createUser({ portalRole: role }));
    await page.goto(navigation.length > 0 ? "/admin/" : "/");
    expect(await page.locator("#side-nav li").allInnerTexts()).toEqual([...navigation]);
    for (const path of absent) expect((await page.goto(path))?.status(), path).toBe(404);
    await work(page, portal, other);
  });
}
