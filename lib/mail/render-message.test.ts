import { describe, expect, test } from "vitest";
import { offeredLocales } from "@/lib/messages/locales";
import { type MessageContent, messageKinds } from "./message-values";
import { renderMessage } from "./render-message";

const link = "https://id.example.com/invitation/abc?x=1&y=2";
const expiresAt = "2026-11-27T15:30:00.000Z";
const username = "maria <b>okafor</b>";

const contents: readonly MessageContent[] = [
  { kind: "invitation", values: { link, expiresAt } },
  { kind: "account_created", values: { username, link, expiresAt } },
  { kind: "password_reset", values: { username, link, expiresAt } },
  { kind: "email_changed", values: { username, newAddress: "maria.okafor@elsewhere.example" } },
  { kind: "email_added", values: { username } },
  { kind: "password_changed", values: { username } },
  { kind: "account_disabled", values: { username } },
  { kind: "test", values: {} },
];

test("there is an example of each kind", () => {
  expect(contents.map(({ kind }) => kind)).toEqual([...messageKinds]);
});

describe.each(offeredLocales)("in %s", (locale) => {
  test.each(contents)("$kind has all parts, in text and in HTML", (content) => {
    const { subject, text, html } = renderMessage(content, locale, "https://id.example.com");
    expect(`${subject}${text}`).not.toMatch(/[{}]|undefined/);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(html).toContain(`<html lang="${locale}" dir="ltr">`);
    if ("username" in content.values) {
      expect(text).toContain(username);
      expect(html).toContain("maria &lt;b&gt;okafor&lt;/b&gt;");
    }
    if ("link" in content.values) {
      expect(text).toContain(`\n${link}\n`);
      expect(html).toContain('href="https://id.example.com/invitation/abc?x=1&amp;y=2"');
      expect(text).toContain("UTC");
    }
  });
});

test("the former address learns only the beginning of the new one", () => {
  const values = { username: "maria", newAddress: "maria.okafor@elsewhere.example" };
  const { text, html } = renderMessage({ kind: "email_changed", values }, "en", "https://id.example.com");
  expect(text).toContain("m…@elsewhere.example");
  expect(text + html).not.toContain("okafor");
});

test("HTML fetches nothing", () => {
  for (const content of contents) {
    const { html } = renderMessage(content, "en", "https://id.example.com");
    expect(html).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import/i);
  }
});
