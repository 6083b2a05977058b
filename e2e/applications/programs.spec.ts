import { readFile } from "node:fs/promises";
import { expect, startSession, test } from "../support/playwright";
import { applicationPath, readCode, register } from "./steps";

test("a whole program is a click away, and its files can be saved", async ({ page, portal }) => {
  const owner = await portal.createUser();
  const application = await portal.createApplication({ owner, redirectUris: ["http://127.0.0.1:3000/callback"] });
  await startSession(page, owner);
  await page.goto(applicationPath(application, "quick-start/"));
  const choices = page.getByRole("navigation", { name: "Ways to begin" });
  await expect(choices.getByRole("link", { name: "curl" })).toHaveAttribute("aria-current", "true");
  await choices.getByRole("link", { name: "Express" }).click();
  await expect(page.getByRole("heading", { name: "Express" })).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save server.js" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("server.js");
  const saved = await readFile(await download.path(), "utf8");
  expect(saved).toContain(application.clientId);
  expect(await readCode(page, "server.js")).toBe(saved);
  await expect(page.getByText("This redirect URI isn’t registered yet")).toHaveCount(0);

  await choices.getByRole("link", { name: "Next.js" }).click();
  await expect(page.getByText("http://localhost:3000/api/auth/callback/latchkey").first()).toBeVisible();
  await page.getByRole("link", { name: "Add it under Sign-in and sign-out" }).click();
  await expect(page).toHaveURL(/\/sign-in\/$/);
});

test("a template fills in the form, and the quick start says what to enter", async ({ page, portal }) => {
  const administrator = await portal.createUser({ administrator: true });
  await startSession(page, administrator);
  await page.goto("/o/applications/register/");
  await page.getByRole("link", { name: "Start from a template" }).click();
  await expect(page.getByRole("heading", { name: "Templates", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Grafana", exact: true }).click();
  await page.getByLabel("Address of Grafana").fill("monitoring.example.com");
  await page.getByRole("button", { name: "Continue" }).click();
  const clientId = await page.locator("[name=client_id]").inputValue();
  await expect(page.getByText(/^Also set: .*Claims in the ID token/)).toBeVisible();
  await register(page);
  await expect(page).toHaveURL(/\/quick-start\/\?start=grafana$/);
  await expect(page.getByRole("heading", { name: "What to enter in Grafana" })).toBeVisible();
  const lines = await readCode(page, "grafana.ini");
  expect(lines).toContain("root_url = https://monitoring.example.com\n");
  expect(lines).toContain(`client_id = ${clientId}`);
  const { claimsInIdToken, allowedScopes } = await portal.database.application.findUniqueOrThrow({
    where: { clientId },
  });
  expect([claimsInIdToken, allowedScopes]).toEqual([true, ["openid", "profile", "email", "groups"]]);
});

test("no file of somebody else's application is given away", async ({ page, portal }) => {
  const application = await portal.createApplication({ owner: await portal.createUser() });
  await startSession(page, await portal.createUser());
  const path = applicationPath(application, "quick-start/file?start=express&path=server.js");
  expect((await page.request.get(path)).status()).toBe(404);
});
