import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import { expect } from "../support/playwright";
import type { Portal, TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";

export const applicationPath = ({ id }: Pick<TestApplication, "id">, tab = "") => `/o/applications/${id}/${tab}`;

export const registerPath = "/o/applications/register/";

/** The page of an application: its overview, or its quick start, where registering leads. */
export const applicationUrl = /\/o\/applications\/[0-9a-f-]{36}\/(quick-start\/)?$/;

/** Opens another tab of the application whose page is open. */
export const openTab = (page: Page, tab: string) =>
  page.getByRole("navigation", { name: "Parts of the application" }).getByRole("link", { name: tab }).click();

/** The field with a secret to copy; other cards of the page have a client secret in their names too. */
export function secretField(page: Page): Locator {
  return page.getByRole("textbox", { name: "Client secret" });
}

/** Opens the form for a new application with all settings. */
export async function openRegistration(page: Page): Promise<{ clientId: string; clientSecret: string }> {
  await page.goto(`${registerPath}all-settings/`);
  const clientId = await page.getByLabel("Client id").inputValue();
  const clientSecret = await page.getByLabel("Client secret").inputValue();
  noteSecret(clientSecret);
  return { clientId, clientSecret };
}

/** The inputs of a list of addresses. */
export const addressRows = (list: Page | Locator) => list.locator("input[aria-label*=', row ']:visible");

/** One of them, from 1; that of the redirect URIs unless `list` is another one. */
export const addressRow = (list: Page | Locator, row = 1) =>
  list.getByRole("textbox", { name: new RegExp(`, row ${row}$`) });

/** The list of redirect URIs. */
export const redirectUris = (page: Page) => page.getByRole("group", { name: "Redirect URIs", exact: true });

/** The addresses of a list, as they are shown. */
export const readAddresses = (list: Locator) =>
  addressRows(list).evaluateAll((rows) => rows.map((row) => (row as HTMLInputElement).value).filter(Boolean));

/** Types addresses, separated by lines or spaces, in place of those in the list. */
export async function fillAddresses(list: Locator, text: string): Promise<void> {
  const addresses = text.split(/\s+/);
  for (const [index, address] of addresses.entries()) {
    const row = addressRow(list, index + 1);
    if (!(await row.isVisible())) await list.getByRole("button", { name: "Add row" }).click();
    await row.fill(address);
  }
  const count = await addressRows(list).count();
  for (let row = addresses.length + 1; row <= count; row++) await addressRow(list, row).fill("");
}

/** Chooses the kind of application by the label of its card. */
export async function chooseKind(page: Page, kind: string): Promise<void> {
  await page.getByRole("radio", { name: kind, exact: true }).check();
}

/** Opens the settings that most applications don't need, unless they are already open. */
export async function openAdvanced(page: Page): Promise<void> {
  const group = page.getByRole("group", { name: /^Grants and client type/ });
  if (!(await group.isVisible())) await page.getByText("Advanced", { exact: true }).click();
  await expect(group).toBeVisible();
}

export const register = (page: Page) => page.getByRole("button", { name: "Register application" }).click();

/** The row of the application with this client ID. */
export function findSaved({ database }: Portal, clientId: string) {
  return database.application.findUniqueOrThrow({
    where: { clientId },
    include: { redirectUris: true, secrets: true },
  });
}

/** The value of the hidden field that every form of this browser carries. */
export async function readCsrf(page: Page): Promise<string> {
  return page.locator("input[name=csrf]").first().inputValue();
}

/** Posts one of the small forms by hand, as the browser would, without following redirects. */
export async function postByHand(page: Page, path: string, fields: Record<string, string> = {}): Promise<number> {
  const form = { csrf: await readCsrf(page), ...fields };
  const headers = { Origin: new URL(page.url()).origin, "Sec-Fetch-Site": "same-origin" };
  return (await page.request.post(path, { form, headers, maxRedirects: 0 })).status();
}

/**
 * Runs a program shown on a page, as if from a file in this project; `feed` receives its lines and answers some of
 * them.
 */
export async function runProgram(
  code: string,
  variables: Record<string, string>,
  feed: (line: string) => Promise<string | null> = async () => null,
): Promise<string[]> {
  const env = { ...process.env, ...variables, FORCE_COLOR: "0" };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], { env, stdio: "pipe" });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, "close");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const answer = await feed(line);
    if (answer !== null) child.stdin.end(`${answer}\n`);
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`The program failed: ${complaints}`);
  return lines;
}

/** Runs commands shown on a page in a real shell and returns their output. */
export async function runInShell(code: string, variables: Record<string, string> = {}): Promise<string> {
  const env = { ...process.env, ...variables };
  return (await promisify(execFile)("sh", ["-c", code], { env })).stdout.trim();
}

/** The text of the code block with this caption. */
export async function readCode(page: Page, caption: string): Promise<string> {
  // It may be in a part that is closed at first.
  const closed = page.locator("main details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  const figure = page.getByRole("figure").filter({ has: page.getByText(caption, { exact: true }) });
  await expect(figure).toHaveCount(1);
  return (await figure.locator("pre").textContent()) ?? "";
}
