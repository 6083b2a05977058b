import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserClient, findForm } from "../support/browser-client";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { noteSecret } from "../support/secrets-seen";
import { untilAdmitted } from "../support/until-admitted";

/** Two servers on an empty database: each prints a one-time link for the first administrator. */
const installation = new OwnInstallation();
let servers: OwnServer[] = [];

beforeAll(async () => {
  const first = await installation.start();
  servers = [first, await installation.start({ publicUrl: first.baseUrl })];
});

afterAll(() => installation.remove());

interface Candidate {
  username: string;
  password: string;
  browser: BrowserClient;
  link: string;
}

/** Opens the form, and returns a function that sends it. */
async function open({ username, password, browser, link }: Candidate): Promise<() => Promise<number>> {
  const form = await browser.openForm(link, `${link}/submit`);
  const fields = { username, email: `${username}@example.test`, password, password_again: password };
  // Hashing eight passwords at once takes longer than a busy machine allows.
  return async () => (await untilAdmitted(() => browser.submit(form, fields))).status;
}

test("two links, used many times at once at both servers, create one administrator", async () => {
  const links = servers.map(({ setupPath }) => setupPath ?? "");
  expect(new Set(links).size).toBe(2);
  const origin = servers[0]?.baseUrl ?? "";
  const candidates = Array.from({ length: 8 }, (_, index): Candidate => {
    const password = `a long passphrase of number ${index}`;
    noteSecret(password);
    return {
      username: `candidate-${index}`,
      password,
      browser: new BrowserClient({ base: servers[index % 2]?.baseUrl ?? "", origin }),
      link: links[(index >> 1) % 2] ?? "",
    };
  });
  // All of them have the form open before the first one sends it.
  const applications = await Promise.all(candidates.map(open));
  const statuses = await Promise.all(applications.map((apply) => apply()));
  expect(statuses.filter((status) => status === 303)).toHaveLength(1);
  expect(statuses.filter((status) => status === 404)).toHaveLength(7);

  // One is signed in, the others don't exist.
  const winner = candidates[statuses.indexOf(303)];
  expect((await winner?.browser.get("/o/applications/"))?.status).toBe(200);
  for (const { username, password, browser } of candidates) {
    if (username === winner?.username) continue;
    const form = await browser.openForm("/login", "/login/submit");
    await browser.submit(form, { identifier: username, password });
    expect(browser.cookie("session")).toBeUndefined();
  }

  // Both links are used up, at both servers.
  for (const { baseUrl } of servers) {
    for (const link of links) {
      const browser = new BrowserClient({ base: baseUrl, origin });
      const page = await browser.get(link);
      expect(page.status).toBe(404);
      expect(findForm(page, `${link}/submit`)).toBeUndefined();
    }
  }
});
