import type { Page } from "@playwright/test";
import { addGroup, adoptGroup, restrict } from "../support/groups";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";

async function openAs(page: Page, portal: Portal, role: "administrator" | "user_manager" | "application_manager") {
  await startSession(page, await portal.createUser({ portalRole: role }));
}

const main = (page: Page) => page.getByRole("main");

test("a group from its creation to its deletion, with members and an application", async ({ page, portal }) => {
  const [ada, bjorn] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication();
  await openAs(page, portal, "administrator");
  await page.goto("/admin/groups/");
  await main(page).getByRole("link", { name: "Create group" }).first().click();
  const name = `Staff ${ada.username}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByText("The group was created.")).toBeVisible();
  const path = new URL(page.url()).pathname;
  adoptGroup(portal, path.split("/").at(-2) ?? "");

  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page.getByText("No members yet")).toBeVisible();
  await page.getByRole("link", { name: "Add members" }).click();
  await page.getByLabel("Usernames or e-mail addresses").fill(`${ada.username}\nnobody-${ada.username}`);
  await page.getByRole("button", { name: "Add members" }).click();
  await expect(page.getByText(`No user found for nobody-${ada.username}.`)).toBeVisible();
  await page.getByLabel("Usernames or e-mail addresses").fill(`${ada.username}, ${bjorn.email}`);
  await page.getByRole("button", { name: "Add members" }).click();
  await expect(page.getByText("The users were added.")).toBeVisible();
  await page.getByLabel(`Select ${bjorn.username}`).check();
  await page.getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByText("The selected users were removed.")).toBeVisible();
  await expect(page.getByText(bjorn.username)).toHaveCount(0);

  await page.goto(`/o/applications/${application.id}/access/`);
  await page.getByLabel("Members of chosen groups").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Choose at least one group.")).toBeVisible();
  await page.getByLabel(name).check();
  // One that is deleted while the page is open: nothing else that was ticked is lost.
  const gone = await portal.database.group.create({
    data: { name: `Gone ${name}`, nameKey: `gone ${name.toLowerCase()}` },
  });
  await page.evaluate((id) => {
    const box = document.querySelector<HTMLInputElement>('input[name="group"]:checked');
    const other = box?.cloneNode() as HTMLInputElement;
    other.value = id;
    other.checked = true;
    box?.after(other);
  }, gone.id);
  await portal.database.group.delete({ where: { id: gone.id } });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("A group doesn’t exist anymore.")).toBeVisible();
  await expect(page.getByLabel("Members of chosen groups")).toBeChecked();
  await expect(page.getByLabel(name)).toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.goto(`/o/applications/${application.id}/people/`);
  await expect(page.getByText("Members of these groups:")).toBeVisible();

  await page.goto(`${path}applications/`);
  await expect(page.getByRole("link", { name: application.name })).toBeVisible();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("link", { name: "Delete group…" }).click();
  await expect(page.getByText("1 application closed")).toBeVisible();
  await page.getByLabel("Type the name to confirm").fill(name);
  await page.getByRole("button", { name: "Delete group" }).click();
  await expect(page.getByText("The group was deleted.")).toBeVisible();
  await page.goto(`/o/applications/${application.id}/people/`);
  await expect(page.getByText("Nobody may use it")).toBeVisible();
});

test("user managers change groups and members, application managers see groups, others neither", async ({
  page,
  portal,
}) => {
  const member = await portal.createUser();
  const group = await addGroup(portal, [member]);
  const path = `/admin/groups/${group.id}/`;
  await openAs(page, portal, "user_manager");
  await page.goto(`${path}members/`);
  await expect(page.getByText(member.email)).toBeVisible();
  await expect(page.getByRole("link", { name: "Add members" })).toBeVisible();

  await openAs(page, portal, "application_manager");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: group.name })).toBeVisible();
  await expect(page.getByRole("link", { name: "Members", exact: true })).toHaveCount(0);
  for (const closed of [`${path}members/`, `${path}members/add/`, `${path}delete/`, "/admin/groups/create/"]) {
    expect((await page.goto(closed))?.status(), closed).toBe(404);
  }
  await startSession(page, member);
  for (const closed of ["/admin/groups/", path]) expect((await page.goto(closed))?.status(), closed).toBe(404);
  await page.context().clearCookies();
  await page.goto(path);
  await expect(page).toHaveURL(/\/login\?next=/);
});

test("every page fits, in both themes and at each width", async ({ page, portal }) => {
  const users = await Promise.all([portal.createUser(), portal.createUser(), portal.createUser()]);
  const group = await addGroup(portal, users);
  const application = await portal.createApplication();
  await restrict(portal, application, [group]);
  await openAs(page, portal, "administrator");
  const path = `/admin/groups/${group.id}/`;
  const pages = ["/admin/groups/", "/admin/groups/create/", path, `${path}members/`, `${path}members/add/`];
  for (const one of [...pages, `${path}applications/`, `${path}delete/`, `/o/applications/${application.id}/access/`]) {
    await page.goto(one);
    await expectFitsEverywhere(page);
  }
});

test("a user outside the group reads that they have no access, and goes back", async ({ page, portal }) => {
  const application = await portal.createApplication();
  await restrict(portal, application, [await addGroup(portal)]);
  await startSession(page, await portal.createUser());
  const query = new URLSearchParams({ response_type: "code", client_id: application.clientId });
  await page.goto(`/o/authorize/?${query}`);
  await expect(page.getByRole("heading", { name: `You don’t have access to ${application.name}` })).toBeVisible();
  await expectFitsEverywhere(page);
  await page.getByRole("button", { name: `Return to ${application.name}` }).click();
  await expect(page).toHaveURL(/error=access_denied/);
});
