import { existsSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { addGroup } from "./support/groups";
import { invite } from "./support/one-time-links";
import { expect, startSession, test } from "./support/playwright";
import type { Portal, TestUser } from "./support/portal";

const viewport = { width: 1280, height: 800 };

test.use({ viewport, colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

/** Of one organisation, so that a search finds these and none of other tests. */
const people = [
  ["maya.lindqvist", "Maya Lindqvist"],
  ["jonas.okafor", "Jonas Okafor"],
  ["priya.nakamura", "Priya Nakamura"],
  ["lukas.schneider", "Lukas Schneider"],
  ["chiara.rossi", "Chiara Rossi"],
  ["zofia.kowalska", "Zofia Kowalska"],
] as const;

async function createPeople(portal: Portal): Promise<TestUser[]> {
  const users: TestUser[] = [];
  for (const [username, name] of people) {
    const user = await portal.createUser();
    const shown = { username, name, email: `${username}@northwind.example`, emailVerified: true };
    // The keys stay those of the test, so that two runs at once don't meet: the nickname is what the search finds.
    await portal.database.user.update({
      where: { id: user.id },
      data: { ...shown, nickname: "northwind", lastSignInAt: new Date() },
      select: { id: true },
    });
    users.push(user);
  }
  return users;
}

/** `README_PICTURE=1 npm run test:e2e -- guide-pictures` renews the pictures of docs/administration.md. */
async function take(page: Page, name: string): Promise<void> {
  const picture = `docs/images/${name}.png`;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (process.env.README_PICTURE === "1") {
    await page.screenshot({ path: picture, animations: "disabled", caret: "hide" });
  }
  expect(existsSync(picture), `${picture}: take it with README_PICTURE=1`).toBe(true);
  const header = readFileSync(picture).subarray(0, 24);
  expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([viewport.width, viewport.height]);
}

test("the pictures of the administrator's guide", async ({ page, portal }) => {
  const users = await createPeople(portal);
  const administrator = await portal.createUser({ administrator: true });
  await portal.database.user.update({
    where: { id: administrator.id },
    data: { username: "ada", name: "Ada" },
    select: { id: true },
  });
  await startSession(page, administrator);
  await page.goto("/admin/users/?q=northwind");
  await expect(page.getByText("Zofia Kowalska")).toBeVisible();
  await take(page, "admin-users");

  await page.goto(`/admin/users/${users[0]?.id}/security/`);
  await expect(page.getByRole("heading", { name: "Maya Lindqvist" })).toBeVisible();
  await take(page, "admin-user");

  const group = await addGroup(portal);
  await portal.database.groupMember.createMany({ data: users.map(({ id }) => ({ userId: id, groupId: group.id })) });
  await portal.database.group.update({
    where: { id: group.id },
    data: { name: "Northwind design", description: "Everyone who works on the web shop" },
    select: { id: true },
  });
  await page.goto(`/admin/groups/${group.id}/members/`);
  await expect(page.getByRole("heading", { name: "Northwind design" })).toBeVisible();
  await take(page, "admin-group");

  for (const name of ["amelie.dubois", "mateo.silva", "ingrid.andersson"]) {
    await invite(portal, `${name}@northwind-guests.example`);
  }
  await page.goto("/admin/invitations/?q=northwind-guests");
  await expect(page.getByText("mateo.silva@northwind-guests.example")).toBeVisible();
  await take(page, "admin-invitations");

  const application = await portal.createApplication({
    name: "Northwind wiki",
    kind: "web",
    redirectUris: ["https://wiki.northwind.example/callback"],
    owner: administrator,
  });
  await page.goto(`/o/applications/${application.id}/`);
  await expect(page.getByRole("heading", { name: "Northwind wiki" })).toBeVisible();
  await take(page, "admin-application");

  const others = ["shop", "payroll", "ticket desk", "design library", "warehouse"] as const;
  for (const name of others)
    await portal.createApplication({ name: `Northwind ${name}`, kind: "web", owner: users[0] });
  await page.goto("/o/applications/?q=northwind");
  await expect(page.getByText("Northwind payroll")).toBeVisible();
  await take(page, "admin-applications");

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search for" }).fill("northwind");
  await expect(page.getByRole("option", { name: "Northwind payroll" })).toBeVisible();
  await take(page, "admin-search");
});
