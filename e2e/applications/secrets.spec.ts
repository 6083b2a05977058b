import { readFile } from "node:fs/promises";
import { expect, expectAccessible, goBack, readHtml, startSession, test } from "../support/playwright";
import { noteSecret } from "../support/secrets-seen";
import { requestToken } from "../support/token-client";
import {
  applicationPath,
  applicationUrl,
  fillAddresses,
  openRegistration,
  openTab,
  postByHand,
  readCode,
  redirectUris,
  secretField,
} from "./steps";

test("a secret is shown in the browser that created it, until it is stored", async ({ browser, page, portal }) => {
  const user = await portal.createUser();
  await startSession(page, user);
  const { clientId, clientSecret } = await openRegistration(page);
  await page.getByLabel("Name").fill("web-app");
  await fillAddresses(redirectUris(page), "https://app.example.com/callback");
  await page.getByRole("button", { name: "Register application" }).click();
  await expect(page).toHaveURL(applicationUrl);

  const { origin } = new URL(page.url());
  expect(await readCode(page, ".env")).toBe(
    [`CLIENT_ID=${clientId}`, `CLIENT_SECRET=${clientSecret}`, `ISSUER=${origin}/o`].join("\n"),
  );
  await page.reload();
  await expect(secretField(page)).toHaveValue(clientSecret);

  const administrator = await portal.createUser({ administrator: true });
  for (const other of [user, administrator]) {
    const context = await browser.newContext();
    const elsewhere = await context.newPage();
    await startSession(elsewhere, other);
    await elsewhere.goto(page.url());
    await expect(elsewhere.getByRole("heading", { name: "web-app", level: 1 })).toBeVisible();
    expect(await readHtml(elsewhere)).not.toContain(clientSecret);
    await context.close();
  }

  const { pathname } = new URL(page.url());
  await page.goto(pathname.replace("quick-start", "credentials"));
  await expect(secretField(page)).toHaveValue(clientSecret);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "I have stored it" })).toHaveCount(0);
  await page.reload();
  const row = page.getByRole("rowheader", { name: `ends in …${clientSecret.slice(-4)}` });
  await expect(row).toBeVisible();
  expect(await readHtml(page)).not.toContain(clientSecret);
  await goBack(page);
  await expect(page.getByRole("heading", { name: "web-app", level: 1 })).toBeVisible();
  expect(await readHtml(page)).not.toContain(clientSecret);
});

test("a secret is replaced without an outage: a second one, then the first revoked", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  const getToken = (client_secret: string) =>
    requestToken({ grant_type: "client_credentials", client_id: machine.clientId, client_secret });
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "credentials/"));

  await page.getByLabel("Label of another secret").fill("From December");
  await page.getByLabel("Expires").selectOption("In 90 days");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByRole("heading", { name: "New client secret: From December" })).toBeVisible();
  const second = await secretField(page).inputValue();
  noteSecret(second);
  await expect(page.getByRole("button", { name: "Add secret" })).toHaveCount(0);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "I have stored it" })).toHaveCount(0);

  const rows = page.getByRole("table", { name: "Client secrets" }).getByRole("row");
  await expect(rows.filter({ hasText: "From December" })).toContainText("Active");
  expect((await getToken(machine.clientSecret)).status).toBe(200);
  expect((await getToken(second)).status).toBe(200);

  await page.getByRole("link", { name: "Revoke First secret" }).click();
  await expect(page.getByRole("heading", { name: "Revoke First secret?" })).toBeVisible();
  await expect(page.getByText("The other active secrets go on working.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Revoke secret" }).click();
  await expect(rows.filter({ hasText: "First secret" })).toContainText("Revoked");
  await expect(page.getByRole("link", { name: "Revoke First secret" })).toHaveCount(0);
  expect((await getToken(machine.clientSecret)).status).toBe(401);
  expect((await getToken(second)).status).toBe(200);

  await page.getByRole("link", { name: "Revoke From December" }).click();
  await expect(page.getByText("It is the only active secret")).toBeVisible();
});

test("a secret is rolled: the new one is shown once, the old one expires later", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  const getToken = (client_secret: string) =>
    requestToken({ grant_type: "client_credentials", client_id: machine.clientId, client_secret });
  expect((await getToken(machine.clientSecret)).status).toBe(200);
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "credentials/"));
  const rows = page.getByRole("table", { name: "Client secrets" }).getByRole("row");
  await expect(rows.filter({ hasText: "First secret" })).toContainText(/just now.*from 127\.0\.0\.1/);
  await page.getByRole("link", { name: "Roll First secret" }).click();
  await expect(page.getByRole("heading", { name: "Roll First secret" })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByLabel("Label of the new secret")).toHaveValue("First secret");
  await page.getByLabel("Label of the new secret").fill("From December");
  await page.getByRole("radio", { name: "In an hour" }).check();
  await page.getByRole("button", { name: "Roll secret" }).click();

  await expect(page.getByRole("heading", { name: "New client secret: From December" })).toBeVisible();
  const second = await secretField(page).inputValue();
  noteSecret(second);
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "I have stored it" })).toHaveCount(0);
  await page.reload();
  expect(await readHtml(page)).not.toContain(second);
  for (const secret of [machine.clientSecret, second]) expect((await getToken(secret)).status).toBe(200);
  const old = rows.filter({ hasText: machine.clientSecret.slice(-4) });
  await expect(old).toContainText("in 1 hour");

  // The hour has passed.
  const where = { applicationId: machine.id, expiresAt: { not: null } };
  await portal.database.clientSecret.updateMany({ where, data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await getToken(machine.clientSecret)).status).toBe(401);
  await page.reload();
  await expect(old).toContainText("Expired");
  await expect(old.getByRole("link", { name: "Roll" })).toHaveCount(0);
  const event = { type: "client_secret.rolled", applicationId: machine.id, actorId: owner.id };
  expect(await portal.database.auditEvent.count({ where: event })).toBe(1);
});

test("a secret that may have leaked is rolled immediately; a choice that isn't offered changes nothing", async ({
  page,
  portal,
}) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  const { id: secretId } = await portal.database.clientSecret.findFirstOrThrow({
    where: { applicationId: machine.id },
  });
  const path = `${applicationPath(machine)}secrets/${secretId}/roll/`;
  const count = () => portal.database.clientSecret.count({ where: { applicationId: machine.id } });
  await startSession(page, owner);
  await page.goto(path);
  for (const overlap_hours of ["", "8760", "-1"]) {
    expect(await postByHand(page, `${path}submit`, { overlap_hours, expires_in_days: "0" })).toBe(303);
  }
  expect(await count()).toBe(1);
  await page.goto(`${path}?rejected=roll`);
  await expect(page.getByText("Choose when the old secret stops working.")).toBeVisible();
  await page.getByRole("radio", { name: "Now" }).check();
  await page.getByRole("button", { name: "Roll secret" }).click();
  await expect(page.getByRole("heading", { name: "New client secret: First secret (2)" })).toBeVisible();
  noteSecret(await secretField(page).inputValue());
  const answer = await requestToken({
    grant_type: "client_credentials",
    client_id: machine.clientId,
    client_secret: machine.clientSecret,
  });
  expect(answer.status).toBe(401);
  expect(await count()).toBe(2);
  // An expired one can't be rolled again.
  expect(await postByHand(page, `${path}submit`, { overlap_hours: "0", expires_in_days: "0" })).toBe(404);
});

test("the eleventh active secret is refused with the reason, and the label stays", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  for (let count = 1; count < 10; count++) await portal.addSecret(machine);
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "credentials/"));
  await page.getByLabel("Label of another secret").fill("One too many");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByText("An application may have at most 10 live secrets.")).toBeVisible();
  await expect(page.getByLabel("Label of another secret")).toHaveValue("One too many");
});

test("a public client has no secrets to manage", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createPublicApplication({ owner });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "quick-start/"));
  await expect(page.getByRole("heading", { name: "Quick start" })).toBeVisible();
  await openTab(page, "Credentials");
  await expect(page.getByRole("link", { name: "Credentials" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { name: "Client secrets" })).toHaveCount(0);
  await postByHand(page, `${applicationPath(application)}secrets/submit`, { label: "x", expires_in_days: "0" });
  expect(await portal.database.clientSecret.count({ where: { applicationId: application.id } })).toBe(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a new secret is saved as a file, and no address has it", async ({ page, portal }) => {
      const owner = await portal.createUser();
      const machine = await portal.createMachine({ owner, name: "Nightly export" });
      await startSession(page, owner);
      await page.goto(applicationPath(machine, "credentials/"));
      await page.getByRole("button", { name: "Add secret" }).click();
      const secret = await secretField(page).inputValue();
      noteSecret(secret);
      const card = page.getByRole("region", { name: /^New client secret/ });
      const addresses: string[] = [];
      page.on("request", (request) => addresses.push(request.url()));
      const save = async (name: string) => {
        const downloading = page.waitForEvent("download");
        await card.getByRole("button", { name }).click();
        const download = await downloading;
        return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
      };
      const { origin } = new URL(page.url());
      expect(await save("Download .env file")).toEqual({
        name: "nightly-export-oauth.env",
        text: `CLIENT_ID=${machine.clientId}\nCLIENT_SECRET=${secret}\nISSUER=${origin}/o\n`,
      });
      await card.getByText("Kubernetes Secret", { exact: true }).first().click();
      const file = await save("Download Kubernetes Secret");
      expect(file.name).toBe("nightly-export-oauth.yaml");
      expect(file.text).toContain(`  CLIENT_SECRET: "${secret}"\n`);
      await expect(card.locator("pre").last()).toHaveText(file.text.trim());
      expect(addresses.join(" ")).not.toContain(secret);
      if (javaScriptEnabled) await expectAccessible(page);
      await page.emulateMedia({ media: "print" });
      await expect(card.locator("pre").first()).toBeVisible();
      await expect(page.getByRole("button", { name: "I have stored it" })).toBeHidden();
      await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toBeHidden();
      await page.emulateMedia({ media: "screen" });
      await page.getByRole("button", { name: "I have stored it" }).click();
      await expect(card).toHaveCount(0);
      expect(await postByHand(page, `${applicationPath(machine)}secrets/download`, { format: "env" })).toBe(303);
    });
  });
}

test("an old secret that is still sent is named, with the address it came from", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const machine = await portal.createMachine({ owner });
  await portal.addSecret(machine);
  const getToken = () =>
    requestToken({
      grant_type: "client_credentials",
      client_id: machine.clientId,
      client_secret: machine.clientSecret ?? "",
    });
  const first = { applicationId: machine.id, label: "First secret" };
  await portal.database.clientSecret.updateMany({
    where: first,
    data: { expiresAt: new Date(Date.now() + 86_400_000) },
  });
  expect((await getToken()).status).toBe(200);
  await startSession(page, owner);
  await page.goto(applicationPath(machine, "credentials/"));
  await expect(page.getByText(/^First secret was used .* and stops working on/)).toBeVisible();
  await portal.database.clientSecret.updateMany({ where: first, data: { expiresAt: new Date(Date.now() - 1000) } });
  expect((await getToken()).status).toBe(401);
  await page.reload();
  await expect(page.getByText("An old secret is still in use")).toBeVisible();
  await expect(page.getByText(/^First secret, which has ended, was sent .* from (::ffff:)?127\.0\.0\.1/)).toBeVisible();
  await expectAccessible(page);
});
