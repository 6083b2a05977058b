import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { expect, startSession, test } from "../support/playwright";
import { expectFits, signInAdministrator } from "./steps";

const toFile = (text: string, name = "users.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** 1,000 rows, of which ten can't be imported. */
function createRows(marker: string): string {
  const rows = Array.from({ length: 1000 }, (_, index) => {
    const username = `row-${index + 1}-${marker}`;
    if (index % 100 === 50) return `${username},nobody,Nobody`;
    return `${username},${username}@import.example,"Müller, Björn"`;
  });
  return `username,email,name\n${rows.join("\n")}\n`;
}

test("only those who manage users import, and only those who see them export", async ({ page, portal }) => {
  await page.goto("/admin/users/import/");
  await expect(page).toHaveURL(/\/login\?next=%2Fadmin%2Fusers%2Fimport%2F$/);
  await startSession(page, await portal.createUser({ portalRole: "auditor" }));
  expect((await page.goto("/admin/users/import/"))?.status()).toBe(404);
  expect((await page.goto("/admin/users/export/"))?.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "With password hashes" })).toHaveCount(0);
  expect((await page.request.get("/admin/users/export/file?hashes=1")).status()).toBe(403);
});

test.describe(() => {
  test.use({ javaScriptEnabled: false });

  test("1,000 rows with 10 bad ones: the check, the import, and the same file again", async ({ page, portal }) => {
    const marker = randomAlphanumeric(8).toLowerCase();
    try {
      await signInAdministrator(page, portal);
      await page.goto("/admin/users/import/");
      const choose = async (text: string) => {
        await page.getByLabel("File", { exact: true }).setInputFiles(toFile(text));
        await page.getByRole("button", { name: "Check file" }).click();
      };
      await choose("name\nAda\n");
      await expect(page.getByRole("alert")).toContainText("The first line has no column username.");
      await choose(createRows(marker));
      await expect(page.getByText("990 users can be imported")).toBeVisible();
      await expect(page.getByText("10 rows can’t be imported")).toBeVisible();
      const bad = page.getByRole("row", { name: new RegExp(`row-51-${marker}`) });
      await expect(bad).toContainText("Enter a valid e-mail address.");
      expect(await portal.database.user.count({ where: { usernameKey: { endsWith: marker } } })).toBe(0);
      await page.getByRole("button", { name: "Import 990 users" }).click();
      await expect(page.getByText("990 users were imported")).toBeVisible();
      expect(await portal.database.user.count({ where: { usernameKey: { endsWith: marker } } })).toBe(990);
      await page.getByRole("button", { name: "Choose another file" }).click();
      await choose(createRows(marker));
      await expect(page.getByText("1,000 rows can’t be imported")).toBeVisible();
      await expect(page.getByRole("button", { name: /^Import \d/ })).toHaveCount(0);
    } finally {
      await portal.database.user.deleteMany({ where: { usernameKey: { endsWith: marker } } });
    }
  });
});

test("an import that stopped says after which row, and is continued", async ({ page, portal }) => {
  const marker = randomAlphanumeric(8).toLowerCase();
  const rows = Array.from({ length: 250 }, (_, index) => `stop-${index}-${marker},stop-${index}-${marker}@a.example`);
  const administrator = await portal.createUser({ administrator: true });
  try {
    await startSession(page, administrator);
    await page.goto("/admin/users/import/");
    await page.getByLabel("File", { exact: true }).setInputFiles(toFile(`username,email\n${rows.join("\n")}\n`));
    await page.getByRole("button", { name: "Check file" }).click();
    await expect(page.getByText("250 users can be imported")).toBeVisible();
    const { id: userId } = await portal.database.user.findUniqueOrThrow({
      where: { usernameKey: administrator.username },
      select: { id: true },
    });
    const importingUntil = new Date(Date.now() + 60_000);
    const reached = { rowsDone: 100, report: { created: 100, refused: [] } };
    await portal.database.userImport.update({ where: { userId }, data: { ...reached, importingUntil } });
    await page.reload();
    await expect(page.getByText("100 of 250 rows are done.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Import|Continue)/ })).toHaveCount(0);
    await expectFits(page);
    await portal.database.userImport.update({ where: { userId }, data: { importingUntil: null } });
    await page.getByRole("link", { name: "Reload" }).click();
    await expect(page.getByText("The import stopped after row 100")).toBeVisible();
    await expectFits(page);
    await page.getByRole("button", { name: "Continue import" }).click();
    await expect(page.getByText("250 users were imported")).toBeVisible();
    expect(await portal.database.user.count({ where: { usernameKey: { endsWith: marker } } })).toBe(150);
  } finally {
    await portal.database.user.deleteMany({ where: { usernameKey: { endsWith: marker } } });
  }
});

test("the pages fit and are accessible, and a file can be exported", async ({ page, portal }) => {
  const user = await portal.createUser();
  await signInAdministrator(page, portal);
  await page.goto("/admin/users/import/");
  await expectFits(page);
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles(toFile("username,email\nbad name,nobody\nx-good,x-good@a.example\n"));
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("1 user can be imported")).toBeVisible();
  await expectFits(page);
  await page.goto("/admin/users/export/");
  await expectFits(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).first().click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("users.csv");
  const text = await (await import("node:fs/promises")).readFile(await file.path(), "utf8");
  expect(text).toContain(`\r\n${user.username},${user.email},false,`);
  expect(text).not.toContain("password_hash");
});
