import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { TestUser } from "../support/portal";

const list = "/o/applications/";
const phone = { width: 320, height: 720 };
const desk = { width: 1280, height: 800 };
const sizes = [phone, desk];

const rows = (page: Page) => page.getByRole("table", { name: "Applications" }).getByRole("row");
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search applications" });

test.describe("the list of applications", () => {
  test("is searched and filtered by the keyboard, and several are disabled and enabled", async ({ page, portal }) => {
    const word = randomUUID().slice(0, 8);
    const [maya, administrator] = [await portal.createUser(), await portal.createUser({ administrator: true })];
    const payroll = await portal.createApplication({ owner: maya, name: `Payroll ${word}` });
    const nightly = await portal.createMachine({ owner: maya, name: `Nightly export ${word}` });
    await portal.createApplication({ owner: administrator, name: `Wiki ${word}` });
    await startSession(page, administrator);
    await page.goto(list);
    // The key does something only once the page's script has loaded.
    await expect(async () => {
      await page.keyboard.press("/");
      await expect(search(page)).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.type(word);
    await page.keyboard.press("Enter");
    await expect(rows(page)).toHaveCount(4);
    await expect(page.getByText("1–3 of 3")).toBeVisible();
    await expect(row(page, "Nightly export")).toContainText("Never");
    await expectFitsEverywhere(page, sizes);

    for (const [q, names] of [
      [payroll.clientId.slice(4, -4), ["Payroll"]],
      [`${payroll.redirectUri.slice(10, -3)} payroll ${word}`, ["Payroll"]],
      [`${maya.email.slice(2)} ${word}`, ["Nightly", "Payroll"]],
    ] as const) {
      await search(page).fill(q);
      await page.keyboard.press("Enter");
      await expect(rows(page)).toHaveCount(names.length + 1);
      for (const name of names) await expect(row(page, name)).toBeVisible();
    }

    await page.getByRole("combobox", { name: "Grant type" }).selectOption("client_credentials");
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole("checkbox", { name: `Select ${nightly.name}` }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Disable", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Disable 1 application?" })).toBeVisible();
    await expect(page.getByRole("region", { name: "What stops working" })).toContainText(nightly.name);
    await expectFitsEverywhere(page, sizes);
    await page.getByRole("button", { name: "Disable 1 application" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("1 application disabled")).toBeVisible();
    await expect(page).toHaveURL(/grant=client_credentials/);
    await expect(row(page, nightly.name)).toContainText("Disabled");
    await page.getByRole("combobox", { name: "Status" }).selectOption("active");
    await expect(page.getByText("No matches")).toBeVisible();
    await expectFitsEverywhere(page, sizes);
    await page.getByRole("link", { name: "Clear search and filters" }).click();
    await expect(search(page)).toHaveValue("");

    await page.goto(`${list}?q=${word}&status=disabled&sort=name`);
    await page.getByRole("checkbox", { name: `Select ${nightly.name}` }).check();
    await page.getByRole("button", { name: "Enable", exact: true }).click();
    await expect(page.getByText("1 application enabled")).toBeVisible();
    await page.goto(`${list}?q=${word}&owner=${maya.id}&sort=-name`);
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).nth(1)).toContainText("Payroll");
    await expect(page.getByRole("combobox", { name: "Owner" })).toHaveValue(maya.id);
    const events = await portal.database.auditEvent.findMany({
      where: { applicationId: nightly.id, type: { in: ["application.disabled", "application.enabled"] } },
    });
    expect(events.map(({ actorId }) => actorId)).toEqual([administrator.id, administrator.id]);
  });

  test("is exported as it is shown, or as a whole, and never with a secret", async ({ page, portal }) => {
    const word = randomUUID().slice(0, 8);
    const owner = await portal.createUser();
    const payroll = await portal.createApplication({ owner, name: `Payroll ${word}` });
    await portal.createMachine({ owner, name: `Nightly, ${word}` });
    await startSession(page, owner);
    await page.goto(`${list}?q=payroll&sort=name`);
    await page.getByRole("link", { name: "Export" }).click();
    const matching = page.getByRole("region", { name: "1 matching application" });
    await expectFitsEverywhere(page, sizes);
    const download = async (link: Locator) => {
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
    };
    const csv = await download(matching.getByRole("link", { name: "Download CSV" }));
    expect(csv.name).toBe("applications.csv");
    expect(csv.text.split("\r\n")).toHaveLength(3);
    expect(csv.text).toContain(`${payroll.clientId},Payroll ${word},`);
    expect(csv.text).toContain(payroll.redirectUri);
    const all = page.getByRole("region", { name: "Your applications" });
    const json = await download(all.getByRole("link", { name: "Download JSON" }));
    expect(JSON.parse(json.text).map(({ name }: { name: string }) => name)).toEqual([
      `Payroll ${word}`,
      `Nightly, ${word}`,
    ]);
    expect(csv.text + json.text).not.toContain(payroll.clientSecret);
    await page.getByRole("link", { name: "Applications", exact: true }).last().click();
    await expect(search(page)).toHaveValue("payroll");
  });

  test("shows owners their own, and auditors change nothing", async ({ page, portal }) => {
    const word = randomUUID().slice(0, 8);
    const [owner, other] = [await portal.createUser(), await portal.createUser()] as [TestUser, TestUser];
    await portal.createApplication({ owner, name: `Mine ${word}` });
    await portal.createApplication({ owner: other, name: `Theirs ${word}` });
    await startSession(page, owner);
    await page.goto(`${list}?q=${word}&owner=${other.id}`);
    await expect(page.getByText("No matches")).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Owner" })).toHaveCount(0);
    await page.goto(`${list}?q=${word}`);
    await expect(rows(page)).toHaveCount(2);
    await expect(page.getByRole("checkbox", { name: `Select Mine ${word}` })).toBeVisible();
    await expectFitsEverywhere(page, sizes);

    await page.context().clearCookies();
    await startSession(page, await portal.createUser({ portalRole: "auditor" }));
    await page.goto(`${list}?q=${word}`);
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole("checkbox")).toHaveCount(0);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("is searched and filtered, and one is disabled", async ({ page, portal }) => {
      const word = randomUUID().slice(0, 8);
      const owner = await portal.createUser();
      const application = await portal.createApplication({ owner, name: `Payroll ${word}` });
      await startSession(page, owner);
      await page.goto(list);
      await search(page).fill("payroll");
      await page.getByRole("combobox", { name: "Status" }).selectOption("active");
      await page.getByRole("button", { name: "Apply" }).click();
      await expect(rows(page)).toHaveCount(2);
      await page.getByRole("checkbox", { name: `Select ${application.name}` }).check();
      await page.getByRole("button", { name: "Disable", exact: true }).click();
      await page.getByRole("button", { name: "Disable 1 application" }).click();
      await expect(page.getByText("1 application disabled")).toBeVisible();
      await expect(page.getByText("No matches")).toBeVisible();
      const { disabledBy } = await portal.database.application.findUniqueOrThrow({ where: { id: application.id } });
      expect(disabledBy).toBe("owner");
    });
  });
});
