import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isStructurallySame, parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { offeredLocales } from "./locales";

const folder = path.resolve("messages");

/** Files that only those read who administrate applications: English and German suffice. */
const administrationFiles = [
  "api-form",
  "apis",
  "application-form",
  "application-health",
  "application-list",
  "application-page",
  "application-people",
  "application-sections",
  "application-settings",
  "applications",
  "attributes",
  "console",
  "console-field-problems",
  "console-problems",
  "controls",
  "credentials",
  "groups",
  "initial-access-tokens",
  "invitation-form",
  "invitations",
  "mail-record",
  "overview",
  "quick-start",
  "reset-links",
  "roles",
  "settings",
  "search",
  "scope-form",
  "scopes",
  "signing-keys",
  "templates",
  "test-sign-in",
  "translations",
  "user-transfer",
  "users",
];

const completeLocales = ["en", "de"];

function readTexts(locale: string, file: string): Record<string, string> {
  return flatten(JSON.parse(readFileSync(path.join(folder, locale, `${file}.json`), "utf8")));
}

function flatten(texts: object, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

function listFiles(locale: string): string[] {
  return readdirSync(path.join(folder, locale))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
}

/** `fieldProblems`: `field-problems`. */
function toFileName(namespace: string): string {
  return namespace.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const files = listFiles("en");

test("each folder of messages is a language that is offered", () => {
  expect(readdirSync(folder).sort()).toEqual([...offeredLocales].sort());
});

describe.each(offeredLocales)("messages/%s", (locale) => {
  const expected = completeLocales.includes(locale)
    ? files
    : files.filter((file) => !administrationFiles.includes(file));

  test("has the files that people who read it meet", () => {
    expect(listFiles(locale).sort()).toEqual([...expected].sort());
  });

  test.each(expected)("%s has the keys of the English file, each with the same values and tags", (file) => {
    const english = readTexts("en", file);
    const texts = readTexts(locale, file);
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    const different = Object.entries(texts).filter(
      ([key, text]) => !isStructurallySame(parse(english[key] ?? ""), parse(text)).success,
    );
    expect(different).toEqual([]);
  });

  test("has no text that is empty or begins or ends with a space", () => {
    const odd = expected.flatMap((file) =>
      Object.entries(readTexts(locale, file)).filter(([, text]) => text === "" || text !== text.trim()),
    );
    expect(odd).toEqual([]);
  });
});

describe("apostrophes", () => {
  test.each(offeredLocales)("are ’ in %s: MessageFormat takes ' for a quotation mark", (locale) => {
    const straight = listFiles(locale).flatMap((file) =>
      Object.entries(readTexts(locale, file)).filter(([, text]) => /[\p{L}\p{N})>}]'\p{L}/u.test(text)),
    );
    expect(straight).toEqual([]);
  });
});

/** Another form of address, other terms, other marks than the rest of a language has: docs/translations.md. */
const refusedWords: Partial<Record<(typeof offeredLocales)[number], RegExp>> = {
  de: /\b(?:du|dein\w*|einloggen|ausloggen|Einwilligung)\b|\b(?:Redirect URI|(?:Access|Refresh) Token|(?<!des |des ID-)Tokens\b)/,
  fr: /[\p{L} ][?!;»]| :|« |\badministration\b/u,
  es: /\b(?:usted(?:es)?|elija|introduzca|inicie|administración)\b/i,
  "pt-BR": /\badministração\b/i,
  it: /\b(?:Lei|scelga|inserisca|acceda|amministrazione)\b/,
  nl: /\b(?:u|uw)\b|\b(?:toepassing|afgemeld)|aanmeld/i,
  ja: /サインイン|サインアウト|[ぁ-んァ-ヶ一-龥][,.:;?!()]/,
  "zh-CN": /你|账户|[一-龥][,.:;?!()]/,
};

test.each(Object.entries(refusedWords))(
  "the texts in %s keep to their form of address and their terms",
  (locale, refused) => {
    const odd = listFiles(locale).flatMap((file) =>
      Object.entries(readTexts(locale, file)).filter(([, text]) => refused.test(text)),
    );
    expect(odd).toEqual([]);
  },
);

describe("the English texts", () => {
  const sources = ["app", "components", "lib", "server"]
    .flatMap((room) => readdirSync(room, { recursive: true, encoding: "utf8" }).map((name) => path.join(room, name)))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.includes("generated"))
    .map((name) => readFileSync(name, "utf8"))
    .join("\n");
  const quoted = new Set(Array.from(sources.matchAll(/"([A-Za-z0-9_.-]+)"/g), ([, text = ""]) => text));
  const problemFiles = files.filter((file) => file.endsWith("problems"));
  for (const code of [...quoted]) {
    const [namespace = "", ...key] = code.split(".");
    if (problemFiles.includes(toFileName(namespace))) quoted.add(key.join("."));
  }
  const beginnings = Array.from(sources.matchAll(/`([A-Za-z0-9_.-]+\.)\$\{/g), ([, text = ""]) => text);
  beginnings.push(...beginnings.map((text) => text.replace(/^\w*[pP]roblems\./, "")).filter(Boolean));

  test.each(files)("%s has no text that nothing shows", (file) => {
    const unused = Object.keys(readTexts("en", file)).filter(
      (key) => !quoted.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});
