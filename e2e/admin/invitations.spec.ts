import type { Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { invite } from "../support/one-time-links";
import { expect, expectFitsEverywhere, readHtml, startSession, test } from "../support/playwright";
import type { Portal } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

const path = "/admin/invitations/";

const newAddress = () => `invited-${randomAlphanumeric(12).toLowerCase()}@example.test`;
const linkOf = (page: Page, email: string) => page.getByRole("textbox", { name: email });
const rowOf = (page: Page, email: string) => page.getByRole("row").filter({ hasText: email });

type Role = NonNullable<Parameters<Portal["createUser"]>[0]>["portalRole"];

async function openAs(page: Page, portal: Portal, portalRole: Role): Promise<void> {
  await startSession(page, await portal.createUser({ portalRole }));
  await page.goto(path);
}

/** Fills in the form, and returns the links that are shown. */
async function inviteByForm(page: Page, portal: Portal, emails: readonly string[], typed: string): Promise<string[]> {
  portal.atCleanUp(() => portal.database.invitation.deleteMany({ where: { email: { in: [...emails] } } }));
  await page.getByRole("link", { name: "Invite people" }).first().click();
  await page.getByLabel("E-mail addresses").fill(typed);
  await page.getByLabel("Expires").selectOption("After 3 days");
  await page.getByRole("button", { name: "Create invitations" }).click();
  await expect(page).toHaveURL(path);
  const links = await Promise.all(emails.map((email) => linkOf(page, email).inputValue()));
  for (const link of links) noteSecret(link.split("/").at(-1) ?? "");
  return links;
}

test("links that nobody has copied yet stay when more people are invited, and when one gets a new link", async ({
  page,
  portal,
}) => {
  await openAs(page, portal, "user_manager");
  const [first, second] = [newAddress(), newAddress()];
  const [link] = await inviteByForm(page, portal, [first], first);
  await inviteByForm(page, portal, [second], second);
  await expect(linkOf(page, first)).toHaveValue(link ?? "");
  await expect(linkOf(page, second)).toBeVisible();
  await page.reload();
  await expect(linkOf(page, first)).toHaveValue(link ?? "");
  await page.getByRole("button", { name: "I’ve copied them" }).click();
  await expect(linkOf(page, first)).toHaveCount(0);
});

test("several people are invited at once; their links are shown until they are copied", async ({ page, portal }) => {
  await openAs(page, portal, "user_manager");
  const emails = [newAddress(), newAddress()];
  const links = await inviteByForm(page, portal, emails, `Ada <${emails[0]}>,\n${emails[1]}`);
  for (const link of links) expect(new URL(link).pathname).toMatch(/^\/invitation\/[\w-]{43}$/);
  await page.reload();
  await expectFitsEverywhere(page);
  for (const email of emails) await expect(rowOf(page, email)).toContainText("Pending");

  await page.getByRole("button", { name: "I’ve copied them" }).click();
  await expect(page.getByRole("button", { name: "I’ve copied them" })).toHaveCount(0);
  const html = await readHtml(page);
  for (const link of links) expect(html).not.toContain(link.split("/").at(-1) ?? "");

  await page.goto(links[0] ?? "");
  await expect(page.getByLabel("E-mail address")).toHaveValue(emails[0] ?? "");
});

test("what is wrong is said beside what was typed", async ({ page, portal }) => {
  await openAs(page, portal, "administrator");
  const user = await portal.createUser();
  await page.getByRole("link", { name: "Invite people" }).first().click();
  const emails = page.getByLabel("E-mail addresses");
  await emails.fill("nobody, nothing@");
  await page.getByRole("button", { name: "Create invitations" }).click();
  await expect(emails).toHaveAccessibleDescription(/Not a valid e-mail address: nobody, nothing@/);
  await expectFitsEverywhere(page);
  await emails.fill(user.email);
  await page.getByRole("button", { name: "Create invitations" }).click();
  await expect(emails).toHaveAccessibleDescription(
    `There is already an account for ${user.email}. One per line, or separated by commas. At most 20.`,
  );
  await expect(emails).toHaveValue(user.email);
});

test("a new link ends the old one, and selected invitations are revoked", async ({ page, portal }) => {
  const { email, path: old } = await invite(portal);
  const other = await invite(portal);
  await openAs(page, portal, "administrator");
  await page.goto(`${path}?q=${email.slice(10, 18)}`);
  await expect(page.getByRole("searchbox", { name: "Search addresses" })).toHaveValue(email.slice(10, 18));
  await expect(page.getByText("1–1 of 1")).toBeVisible();
  await page.getByRole("button", { name: `Create a new link for ${email}` }).click();
  const link = await linkOf(page, email).inputValue();
  noteSecret(link.split("/").at(-1) ?? "");
  expect(new URL(link).pathname).not.toBe(old);
  await expectFitsEverywhere(page);

  for (const selected of [email, other.email]) await page.getByRole("checkbox", { name: `Select ${selected}` }).check();
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Invitations revoked")).toBeVisible();
  await expect(linkOf(page, email)).toHaveCount(0);
  await page.goto(`${path}?state=revoked`);
  await expect(rowOf(page, email)).toContainText("Revoked");
  await expect(rowOf(page, other.email)).toContainText("Revoked");
  for (const ended of [old, other.path, new URL(link).pathname]) {
    await page.goto(ended);
    await expect(page.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
  }
});

test("without a mail server selected invitations can't be sent again; each gets a new link, on a phone too", async ({
  page,
  portal,
}) => {
  const { email } = await invite(portal);
  await openAs(page, portal, "administrator");
  await page.setViewportSize({ width: 390, height: 844 });
  const list = `${path}?q=${email.slice(8, 20)}`;
  await page.goto(list);
  await expect(rowOf(page, email)).toContainText("Pending");
  await expect(page.getByRole("button", { name: `Create a new link for ${email}` })).toBeInViewport({ ratio: 1 });
  await page.getByRole("checkbox", { name: `Select ${email}` }).check();
  await page.getByRole("button", { name: "Resend", exact: true }).click();
  await expect(page.getByText("This server can’t send e-mail yet")).toBeVisible();
  await expect(page.getByText("Create a new link for each invitation")).toBeVisible();
  await expectFitsEverywhere(page);
  await page.getByRole("link", { name: "Back to invitations" }).click();
  await expect(page).toHaveURL(list);
});

test("an auditor sees invitations and changes none; others don't find the page", async ({ page, portal }) => {
  const { email } = await invite(portal);
  await openAs(page, portal, "auditor");
  await expect(rowOf(page, email)).toBeVisible();
  await expect(page.getByRole("link", { name: "Invite people" })).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expectFitsEverywhere(page);
  expect((await page.goto(`${path}create/`))?.status()).toBe(404);
  await startSession(page, await portal.createUser());
  expect((await page.goto(path))?.status()).toBe(404);
  await page.context().clearCookies();
  await page.goto(path);
  await expect(page).toHaveURL(/\/login\?next=/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("people are invited, get new links and are revoked", async ({ page, portal }) => {
    await openAs(page, portal, "administrator");
    const email = newAddress();
    const [link] = await inviteByForm(page, portal, [email], email);
    await page.getByRole("button", { name: `Create a new link for ${email}` }).click();
    const renewed = await linkOf(page, email).inputValue();
    noteSecret(renewed.split("/").at(-1) ?? "");
    expect(renewed).not.toBe(link);
    await page.getByRole("checkbox", { name: `Select ${email}` }).check();
    await page.getByRole("button", { name: "Revoke" }).click();
    await expect(rowOf(page, email)).toContainText("Revoked");
  });
});
