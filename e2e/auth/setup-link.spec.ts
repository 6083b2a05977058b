import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { OwnInstallation } from "../support/own-server";
import { expect, expectAccessible, readHtml, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";

// A separate installation: another test's administrator would invalidate the link.
const installation = new OwnInstallation();
let server: { baseUrl: string; setupLink: string };

test.beforeAll(async () => {
  const { baseUrl, setupPath } = await installation.start();
  server = { baseUrl, setupLink: `${baseUrl}${setupPath}` };
});

test.afterAll(() => installation.remove());

test("the one-time link creates the first administrator, once", async ({ page, browser }) => {
  const password = randomAlphanumeric(20);
  for (const secret of [password, server.setupLink]) noteSecret(secret);

  await page.goto(server.baseUrl);
  await expect(page.getByText("There is no administrator yet")).toBeVisible();
  expect(await readHtml(page)).not.toContain(new URL(server.setupLink).pathname);

  await page.goto(server.setupLink);
  await expect(page.getByRole("heading", { level: 1, name: "Create the first administrator" })).toBeVisible();
  await expect(page.getByLabel("Username")).toBeFocused();
  await expectAccessible(page);

  // Errors appear at their fields; values stay, except passwords; the link still works.
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const submit = () => page.getByRole("button", { name: "Create administrator" }).click();
  await field("Username").fill("first");
  await field("E-mail address").fill("first@example.test");
  await field("Password").fill(password);
  await field("Password (again)").fill(`${password}!`);
  await submit();
  await expect(field("Password (again)")).toHaveAccessibleDescription("The two passwords are not the same.");
  await expect(field("Password (again)")).toBeFocused();
  await expect(field("Username")).toHaveValue("first");
  await expect(field("E-mail address")).toHaveValue("first@example.test");
  await expect(field("Password")).toHaveValue("");
  await field("Password").fill("short");
  await field("Password (again)").fill("short");
  await submit();
  await expect(field("Password")).toHaveAccessibleDescription(/at least 8 characters/);
  await expectAccessible(page);

  await field("Password").fill(password);
  await field("Password (again)").fill(password);
  await submit();
  await expect(page).toHaveURL(`${server.baseUrl}/`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Register", exact: true }).first()).toBeVisible();

  const elsewhere = await browser.newPage();
  const response = await elsewhere.goto(server.setupLink);
  expect(response?.status()).toBe(404);
  await expect(elsewhere.getByText("npm run createsuperuser")).toBeVisible();
  await expect(elsewhere.getByLabel("Username")).toHaveCount(0);
  await elsewhere.close();
});
