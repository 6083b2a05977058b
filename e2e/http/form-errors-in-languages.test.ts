import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { readText } from "../support/html";
import type { Portal } from "../support/portal";
import { openSession } from "../support/sessions";
import { test } from "../support/vitest";

/** Every form says what is wrong in the reader's language, in a sentence of the message files. */

interface Form {
  page: string;
  /** Where it is posted to; absent for a server action. */
  action?: string;
  fields: Record<string, string>;
}

const ownForms: Form[] = [
  { page: "/account/email/", action: "/account/email/submit", fields: { email: "nowhere", current_password: "x" } },
  { page: "/account/", action: "/account/password/submit", fields: { current_password: "x", new_password: "short" } },
  { page: "/account/profile/", fields: { birthdate: "1990-02-30", phone_number: "x", website_url: "ftp:" } },
];

const consoleForms: Form[] = [
  { page: "/admin/users/create/", action: "/admin/users/create/submit", fields: { username: "", email: "nowhere" } },
  { page: "/admin/groups/create/", action: "/admin/groups/create/submit", fields: { name: "" } },
  {
    page: "/admin/settings/attributes/create/",
    action: "/admin/settings/attributes/create/submit",
    fields: { name: "", type: "text", claim_name: "sub" },
  },
  { page: "/admin/invitations/create/", fields: { emails: "nowhere", locale: "en", expires_in_days: "7" } },
  { page: "/o/scopes/create/", fields: { name: "a b", description: "" } },
  { page: "/o/apis/create/", fields: { identifier: "nowhere", name: "" } },
  { page: "/o/applications/register/", fields: { kind: "web", name: "", redirect_uris: "http://elsewhere.example" } },
];

function readTexts(locale: string): string[] {
  const folder = `messages/${locale}`;
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => flatten(JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))));
}

function flatten(texts: unknown): string[] {
  return typeof texts === "string" ? [texts] : Object.values(Object(texts)).flatMap(flatten);
}

/** What a text looks like on a page, whatever its values are. */
function toPattern(text: string): RegExp {
  const fixed = text.replace(/<[^>]*>/g, "").split(/\{(?:[^{}]|\{[^{}]*\})*\}/);
  return new RegExp(`^${fixed.map(escapePattern).join(".*")}$`, "s");
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** The messages beside the fields, each on a line of its own. */
function readErrors(html: string): string[] {
  const messages = [...html.matchAll(/id="[^"]*(?:-error|-told)"[^>]*>(.*?)<\/p>/gs)].map(
    ([, content = ""]) => content,
  );
  return messages.flatMap((content) => content.split(/<span[^>]*class="block"[^>]*>/).map(readText)).filter(Boolean);
}

async function openIn(portal: Portal, locale: string): Promise<BrowserClient> {
  const browser = new BrowserClient({ headers: { "Accept-Language": locale } });
  browser.copyCookies(await openSession(await portal.createUser({ administrator: true })));
  return browser;
}

async function sendWrong(browser: BrowserClient, { page, action, fields }: Form): Promise<string> {
  if (!action) return (await browser.submitAction(page, fields)).text;
  const answer = await browser.submit(await browser.openForm(page, action), fields);
  expect(answer.status, page).toBe(303);
  return (await browser.get((answer.headers.location ?? "").split("#")[0] ?? "")).text;
}

test.for([
  ...["de", "ja"].flatMap((locale) => ownForms.map((form) => [locale, form.page, form] as const)),
  ...consoleForms.map((form) => ["de", form.page, form] as const),
])("%s: %s", async ([locale, , form], { portal }) => {
  const errors = readErrors(await sendWrong(await openIn(portal, locale), form));
  expect(errors).not.toEqual([]);
  const [own, english] = [readTexts(locale), readTexts("en")].map((texts) => texts.map(toPattern));
  const isIn = (patterns: RegExp[] | undefined, error: string) =>
    patterns?.some((pattern) => pattern.source.length > 8 && pattern.test(error));
  expect(errors.filter((error) => !isIn(own, error) || isIn(english, error))).toEqual([]);
});
