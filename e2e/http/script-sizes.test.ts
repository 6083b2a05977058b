import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, expect } from "vitest";
import { authorizePath, type BrowserClient } from "../support/browser-client";
import { send } from "../support/http";
import { openSession } from "../support/sessions";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/**
 * How much script a page adds to what every page of Next.js loads: the files of its build manifest, which an empty page
 * has too. Compressed with gzip, each file by itself. Limits are what pages had when this was written, so that none
 * grows unseen: 8 kB of each is the router's own (layouts, links), 45 kB of the forms the checks of zod.
 */

const kilobyte = 1000;

let shared = new Set<string>();
const sizes = new Map<string, number>();

beforeAll(() => {
  const manifest: { rootMainFiles: string[]; polyfillFiles: string[] } = JSON.parse(
    readFileSync(".next/build-manifest.json", "utf8"),
  );
  // Browsers that know modules don't load the polyfills.
  shared = new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles].map((file) => `/_next/${file}`));
});

/** The scripts that a page names: in tags, and in the data from which its parts come alive. */
function listScripts(html: string): string[] {
  const named = html.match(/(?:\/_next\/)?static\/chunks\/[^"'\\?]+\.js/g) ?? [];
  return [...new Set(named.map((file) => (file.startsWith("/") ? file : `/_next/${file}`)))];
}

async function measure(path: string): Promise<number> {
  const known = sizes.get(path);
  if (known !== undefined) return known;
  const { status, text } = await send("GET", path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  const size = gzipSync(text).length;
  sizes.set(path, size);
  return size;
}

async function measurePage(browser: BrowserClient, path: string): Promise<number> {
  const { status, text } = await browser.get(path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  const scripts = listScripts(text);
  // Otherwise the page has other tags by now than this reads.
  expect(scripts.filter((file) => shared.has(file)).length, path).toBeGreaterThan(2);
  const own = await Promise.all(scripts.filter((file) => !shared.has(file)).map(measure));
  return own.reduce((sum, size) => sum + size, 0);
}

test("pages add at most 33 kB of script to an empty one, and the heaviest form at most 98 kB", async ({
  portal,
  browser,
}) => {
  const user = await portal.createUser({ administrator: true });
  const application = await portal.createApplication();
  const signedIn = await openSession(user);
  const request = await signedIn.get(authorizePath(authorizationOf(application)));
  const pages: [string, BrowserClient, string, number][] = [
    ["sign-in", browser, "/login", 33],
    ["consent", signedIn, request.headers.location ?? "", 33],
    ["home", signedIn, "/", 33],
    ["the list of users", signedIn, "/admin/users/", 33],
    ["registering an application", signedIn, "/o/applications/register/", 98],
    ["changing an application", signedIn, `/o/applications/${application.id}/update/`, 98],
    ["a user", signedIn, `/admin/users/${user.id}/`, 33],
  ];
  const measured: Record<string, number> = {};
  for (const [name, reader, path] of pages) measured[name] = await measurePage(reader, path);
  const tooMuch = pages
    .filter(([name, , , limit]) => (measured[name] ?? Infinity) > limit * kilobyte)
    .map(([name]) => [name, measured[name]]);
  expect(tooMuch, JSON.stringify(measured)).toEqual([]);
});
