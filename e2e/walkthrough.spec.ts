import { execFile, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import { fillAddresses, redirectUris } from "./applications/steps";
import { baseUrl } from "./support/environment";
import { expect, readHtml, signIn, test } from "./support/playwright";
import type { TestUser } from "./support/portal";
import { noteSecret } from "./support/secrets-seen";

/** The article, word for word: its URLs, its forms and its curl commands, with the address of the server under test. */

const callback = `${baseUrl}/noexist/callback`;
const [askUsername, askEmail, askPassword, askAgain] = [
  "Username: ",
  "Email address: ",
  "Password: ",
  "Password (again): ",
];

/** Runs the command as a user at a terminal would: each answer is typed when its question appears. */
function createSuperuser(answers: readonly (readonly [question: string, answer: string])[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "createsuperuser"], { stdio: ["pipe", "pipe", "pipe"], timeout: 30_000 });
    const waiting = [...answers];
    let output = "";
    let answeredUpTo = 0;
    const read = (chunk: Buffer) => {
      output += chunk;
      const next = waiting[0];
      const at = next ? output.indexOf(next[0], answeredUpTo) : -1;
      if (!next || at < 0) return;
      answeredUpTo = at + next[0].length;
      waiting.shift();
      child.stdin.write(`${next[1]}\n`);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`createsuperuser: ${code}\n${output}`)),
    );
  });
}

/** Runs a command of the article in a shell; `-s` hides the progress bar, the status follows the body. */
async function runCurl(line: string, variables: Record<string, string>): Promise<{ status: number; body: string }> {
  const command = line.replace(/^curl/, `curl -s -w '\\n%{http_code}'`);
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { env: { ...process.env, ...variables } });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

/** Reads the generated ID and secret from the form, as one copies them before saving. */
async function readCredentials(page: Page): Promise<{ ID: string; SECRET: string }> {
  const [ID, SECRET] = [
    await page.getByLabel("Client id").inputValue(),
    await page.getByLabel("Client secret").inputValue(),
  ];
  noteSecret(SECRET);
  expect(ID).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(SECRET).toMatch(/^[A-Za-z0-9]{128}$/);
  return { ID, SECRET };
}

async function register(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Register application" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

test("the article, step by step", async ({ page, portal }) => {
  const username = `wiliam-${randomAlphanumeric(8).toLowerCase()}`;
  const user: Omit<TestUser, "id"> = { username, email: `${username}@example.test`, password: randomAlphanumeric(20) };
  noteSecret(user.password);
  const shell: Record<string, string> = {};

  await test.step("1 npm start serves the site", async () => {
    await page.goto("/");
    await expect(page).toHaveTitle(/Latchkey/);
  });

  await test.step("2 the User model is a table, and every migration is applied", async () => {
    const migrations = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const applied = await portal.database.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
    expect(applied.map(({ name }) => name).sort()).toEqual(migrations.map(({ name }) => name).sort());
    expect(await portal.database.user.count({ where: { username } })).toBe(0);
  });

  await test.step("3 createsuperuser asks, asks again if it must, and prints what the article says", async () => {
    const taken = await portal.createUser();
    const output = await createSuperuser([
      [askUsername, taken.username],
      [askEmail, user.email],
      [askPassword, user.password],
      [askAgain, `${user.password}x`],
      [askPassword, "password1"],
      [askAgain, "password1"],
      [askPassword, user.password],
      [askAgain, user.password],
      [askUsername, username],
    ]);
    await portal.adoptUser(username);
    expect(output).toContain("Your passwords didn't match");
    expect(output).toContain("already taken");
    expect(output).toContain("too common");
    expect(output.trim().endsWith("Superuser created successfully.")).toBe(true);
    expect(output).not.toContain(user.password);
  });

  await test.step("4 registering requires sign-in, and then continues", async () => {
    await page.goto("/admin/login/");
    await expect(page).toHaveURL(/\/login$/);
    await page.goto("/o/applications/register/");
    await expect(page).toHaveURL(/\/login\?/);
    await signIn(page, user);
    await expect(page).toHaveURL(/\/o\/applications\/register\/$/);
  });

  await test.step("5 with all settings, ID and secret are on the form before it is saved", async () => {
    await page.getByRole("link", { name: "All settings" }).click();
    Object.assign(shell, await readCredentials(page));
    await expect(redirectUris(page)).toBeVisible();
    await expect(page.getByRole("term")).toHaveText(["Client type", "Authorization grant type"]);
    await expect(page.getByRole("definition")).toHaveText(["Confidential", "Authorization code", "Refresh token"]);
  });

  await test.step("6 web-app is registered with the form's defaults", async () => {
    await fillAddresses(redirectUris(page), callback);
    await register(page, "web-app");
    await page.getByRole("button", { name: /stored/ }).click();
    await expect(page.getByText(shell.SECRET ?? "", { exact: false })).toHaveCount(0);
    await page.reload();
    expect(await readHtml(page)).not.toContain(shell.SECRET);
  });

  await test.step("7 the consent screen names web-app and says what read and write allow", async () => {
    await page.goto(`/o/authorize/?response_type=code&client_id=${shell.ID}&redirect_uri=${callback}`);
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toHaveText("Authorize web-app?");
    await expect(main.getByText("See your information")).toBeVisible();
    await expect(main.getByText("Add, change and delete your information")).toBeVisible();
  });

  await test.step("7 the consent screen names web-app and explains read and write", async () => {
    const answered = page.waitForResponse((response) => response.url().startsWith(callback));
    await page.getByRole("button", { name: "Authorize" }).click();
    expect((await answered).status()).toBe(404);
    await expect(page).toHaveURL(new RegExp(`^${callback}\\?code=[A-Za-z0-9_-]+`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
    shell.CODE = new URL(page.url()).searchParams.get("code") ?? "";
    noteSecret(shell.CODE);
  });

  await test.step("8 Authorize leads to our own 404 page whose address shows the code", async () => {
    const line = `curl -X POST -H "Cache-Control: no-cache" -H "Content-Type: application/x-www-form-urlencoded" "${baseUrl}/o/token/" -d "client_id=\${ID}" -d "client_secret=\${SECRET}" -d "code=\${CODE}" -d "redirect_uri=${callback}" -d "grant_type=authorization_code"`;
    const { status, body } = await runCurl(line, shell);
    const answer = JSON.parse(body);
    noteSecret(answer.access_token);
    noteSecret(answer.refresh_token);
    expect(status).toBe(200);
    expect(Object.keys(answer)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
    expect(answer).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
    shell.TOKEN = answer.access_token;
  });

  await test.step("10 curl fetches the resource with the token, and not without", async () => {
    const resource = `http://localhost:${new URL(baseUrl).port}/resource`;
    const good = await runCurl(`curl -H "Authorization: Bearer \${TOKEN}" -X GET ${resource}`, shell);
    expect(good.status).toBe(200);
    expect(JSON.parse(good.body)).toMatchObject({
      user: { username },
      application: { client_id: shell.ID, name: "web-app" },
      scope: "read write",
    });
    const bad = await runCurl(`curl -i -X GET ${resource}`, shell);
    expect(bad.status).toBe(401);
    expect(bad.body).toMatch(/^WWW-Authenticate: Bearer realm="Latchkey", resource_metadata="[^"]+"/im);
  });

  await test.step("10 curl fetches the resource with the token, and not without", async () => {
    await page.goto("/o/applications/register/all-settings/");
    Object.assign(shell, await readCredentials(page));
    await page.getByRole("radio", { name: "Machine" }).check();
    await expect(page.getByRole("definition")).toHaveText(["Confidential", "Client credentials"]);
    await register(page, "backend-app");
  });

  await test.step("12 curl gets a token with the base64 of ID and secret, and no refresh token", async () => {
    shell.CREDENTIAL = Buffer.from(`${shell.ID}:${shell.SECRET}`).toString("base64");
    noteSecret(shell.CREDENTIAL);
    const line = `curl -X POST -H "Authorization: Basic \${CREDENTIAL}" -H "Cache-Control: no-cache" -H "Content-Type: application/x-www-form-urlencoded" "${baseUrl}/o/token/" -d "grant_type=client_credentials"`;
    const { status, body } = await runCurl(line, shell);
    const answer = JSON.parse(body);
    noteSecret(answer.access_token);
    expect(status).toBe(200);
    expect(Object.keys(answer)).toEqual(["access_token", "expires_in", "token_type", "scope"]);
    expect(answer).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
  });
});
