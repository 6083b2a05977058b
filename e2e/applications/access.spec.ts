import { expect, signIn, startSession, test } from "../support/playwright";
import { applicationPath, openTab, postByHand } from "./steps";

const pages = [
  ..."quick-start/ credentials/ sign-in/ permissions/ people/ settings/".split(" "),
  ...["", "update/", "delete/"],
];

test("a visitor who isn't signed in signs in first and comes back", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const paths = pages.map((name) => `${applicationPath(application)}${name}`);
  for (const path of [...paths, "/o/applications/", "/o/applications/register/", "/o/authorized_tokens/"]) {
    await page.goto(path);
    await expect(page).toHaveURL(`/login?${new URLSearchParams({ next: path })}`);
  }
  await page.goto(applicationPath(application));
  await signIn(page, owner);
  await expect(page.getByRole("heading", { name: application.name, level: 1 })).toBeVisible();
});

test("another user's application is not found, on its pages and by its forms", async ({ page, portal }) => {
  const application = await portal.createApplication({ owner: await portal.createUser() });
  const secret = await portal.database.clientSecret.findFirstOrThrow({ where: { applicationId: application.id } });
  const intruder = await portal.createUser();
  await startSession(page, intruder);
  const path = applicationPath(application);
  const unknown = "/o/applications/01890000-0000-7000-8000-000000000000/";
  const revoke = `secrets/${secret.id}/revoke/`;
  for (const base of [path, unknown, "/o/applications/not-an-id/"]) {
    for (const name of [...pages, revoke]) {
      expect((await page.goto(`${base}${name}`))?.status(), `${base}${name}`).toBe(404);
    }
  }

  await page.goto("/o/applications/");
  await expect(page.getByText("No applications yet")).toBeVisible();
  expect(await postByHand(page, `${path}disable/submit`, { disabled: "true" })).toBe(404);
  expect(await postByHand(page, `${path}delete/submit`, { confirmed_name: application.name })).toBe(404);
  expect(await postByHand(page, `${path}secrets/submit`, { label: "Mine", expires_in_days: "0" })).toBe(404);
  expect(await postByHand(page, `${path}${revoke}submit`)).toBe(404);
  const after = await portal.database.application.findUniqueOrThrow({
    where: { id: application.id },
    include: { secrets: true },
  });
  expect(after.disabledAt).toBeNull();
  expect(after.secrets.map(({ id, revokedAt }) => ({ id, revokedAt }))).toEqual([{ id: secret.id, revokedAt: null }]);
});

test("the form of one's own application can't be sent for another one", async ({ page, portal }) => {
  const intruder = await portal.createUser();
  const own = await portal.createApplication({ owner: intruder });
  const other = await portal.createApplication({ owner: await portal.createUser() });
  await startSession(page, intruder);
  await page.goto(`${applicationPath(own)}update/`);
  await page.route(`**${applicationPath(own)}update/`, async (route) => {
    const data = route.request().postData()?.replaceAll(own.id, other.id);
    await route.continue({ postData: data });
  });
  await page.getByLabel("Name").fill("Taken over");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The application was not found.")).toBeVisible();
  const after = await portal.database.application.findUniqueOrThrow({ where: { id: other.id } });
  expect(after.name).toBe(other.name);
});

test("a small form without the browser's token is refused", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application));
  const path = `${applicationPath(application)}delete/submit`;
  expect(await postByHand(page, path, { csrf: "guessed", confirmed_name: application.name })).toBe(403);
  expect(await portal.database.application.count({ where: { id: application.id } })).toBe(1);
});

test("an administrator sees and manages all applications, with their owners", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner });
  const newer = await portal.createApplication();
  await startSession(page, await portal.createUser({ administrator: true }));
  // From here on, because what other tests register meanwhile would push it off the first page.
  await page.goto(`/o/applications/?after=${newer.id}`);
  const row = page.getByRole("row").filter({ hasText: application.name });
  await expect(row.getByRole("cell", { name: owner.username, exact: true })).toBeVisible();
  await row.getByRole("link", { name: application.name }).click();
  await expect(page.getByText(`Owned by ${owner.username}`)).toBeVisible();
  await openTab(page, "Settings");
  await page.getByRole("link", { name: "Disable application" }).click();
  await page.getByRole("button", { name: "Disable application" }).click();
  await expect(page.getByText("This application is disabled")).toBeVisible();
});
