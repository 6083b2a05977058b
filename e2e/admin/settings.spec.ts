import type { Page } from "@playwright/test";
import { startMailServer } from "@/lib/mail/testing/mail-server";
import { expect, expectFitsEverywhere, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";

test.describe.configure({ mode: "serial" });

test.afterEach(async ({ portal }) => {
  await portal.database.setting.deleteMany();
});

async function openAsAdministrator(page: Page, portal: Portal, path: string) {
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto(path);
  return administrator;
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("an administrator saves a setting, and is told what is wrong with another", async ({ page, portal }) => {
  await openAsAdministrator(page, portal, "/admin/settings/");
  const operation = section(page, "Operation");
  await operation.getByLabel("Contact for vulnerabilities").fill("mailto:security@example.com");
  await operation.getByRole("button", { name: "Save" }).click();
  await expect(section(page, "Operation").getByText("Saved", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Contact for vulnerabilities")).toHaveValue("mailto:security@example.com");
  const published = await page.request.get("/.well-known/security.txt");
  expect(await published.text()).toContain("Contact: mailto:security@example.com");

  const tokens = section(page, "Tokens");
  await tokens.getByLabel("Authorization code", { exact: true }).fill("4000");
  await tokens.getByRole("button", { name: "Save" }).click();
  const wrong = section(page, "Tokens").getByLabel("Authorization code", { exact: true });
  await expect(wrong).toHaveAccessibleDescription(/from 1 to 600/);
  await expect(wrong).toHaveValue("4000");
  await expect(section(page, "Operation").getByRole("alert")).toHaveCount(0);
  await expectFitsEverywhere(page);
});

test("a saved value that can't be used is shown beside its field, and others can be saved", async ({
  page,
  portal,
}) => {
  const rows = { SESSION_LIFETIME: "60", REGISTRATIONS_PER_HOUR: "many" };
  const data = Object.entries(rows).map(([name, value]) => ({ name, value, updatedAt: new Date() }));
  await portal.database.setting.createMany({ data });
  await openAsAdministrator(page, portal, "/admin/settings/");
  const ignored = /The saved value \(60\) is ignored because it contradicts another setting\. In use: 2592000\./;
  await expect(page.getByText(ignored)).toBeVisible();
  const wrong = "The saved value (many) can’t be used. Enter a whole number from 1 to 1,000,000. In use: 20.";
  await expect(page.getByText(wrong)).toBeVisible();
  await expectFitsEverywhere(page);
  const tokens = section(page, "Tokens");
  await tokens.getByLabel("Authorization code", { exact: true }).fill("50");
  await tokens.getByRole("button", { name: "Save" }).click();
  await expect(section(page, "Tokens").getByText("Saved", { exact: true })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a mail server is set and tried, and its password is never shown", async ({ page, portal }) => {
    const server = await startMailServer();
    try {
      const { email } = await openAsAdministrator(page, portal, "/admin/settings/email/");
      await expect(page.getByText("No e-mail is sent")).toBeVisible();
      await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
      await page.getByLabel("Port").fill(String(server.port));
      await page.getByLabel("Security").selectOption("none");
      await page.getByLabel("Sender").fill("Latchkey <no-reply@example.com>");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("No e-mail is sent")).toHaveCount(0);
      await page.getByRole("button", { name: "Send test message" }).click();
      await expect(page.getByText(`The mail server took the message to ${email}`)).toBeVisible();
      expect(server.received.map(({ to }) => to)).toContainEqual([email]);

      await page.getByLabel("Username").fill("latchkey");
      await page.getByLabel("Password").fill("correct horse");
      await page.getByRole("button", { name: "Save" }).click();
      expect(await page.content()).not.toContain("correct horse");
      await page.getByLabel("Server", { exact: true }).fill("localhost");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/again/);

      await page.goto(`/admin/messages/?q=${encodeURIComponent(email)}`);
      const row = page.getByRole("row", { name: new RegExp(email) });
      await expect(row).toContainText("Sent");
      await expect(row).toContainText("Test message");
    } finally {
      await server.close();
    }
  });
});

test("auditors read the settings and change none", async ({ page, portal }) => {
  await startSession(page, await portal.createUser({ portalRole: "auditor" }));
  for (const path of ["/admin/settings/", "/admin/settings/email/"]) {
    expect((await page.goto(path))?.status()).toBe(200);
    await expect(page.getByRole("button", { name: /save|send/i })).toHaveCount(0);
    await expectFitsEverywhere(page);
  }
  expect((await page.goto("/admin/messages/"))?.status()).toBe(200);
  await expectFitsEverywhere(page);
});
