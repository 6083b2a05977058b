import { expect, test } from "vitest";
import { InvalidScopeError, OAuthError } from "@/lib/oauth/wire/errors";
import { adviseToWait, errorTexts, explainOAuthError, toSentences } from "./error-texts";
import { renderErrorPage } from "./pages/render-page";

const t = errorTexts({ locale: "en" });

test.each([
  [1, "Try again in a minute."],
  [60, "Try again in a minute."],
  [61, "Try again in 2 minutes."],
  [900, "Try again in 15 minutes."],
])("after %i seconds: %s", (seconds, advice) => {
  expect(adviseToWait(t, seconds)).toBe(advice);
});

test("an error of the protocol has a sentence by its code, and the developer's terms beside it", () => {
  const error = new InvalidScopeError();
  expect(explainOAuthError(t, error)).toEqual({
    explanation: t("oauth.invalid_scope"),
    detail: `invalid_scope: ${error.description}`,
  });
});

test.each(["new_error", "", "other.thing"])("the code %j, which has no sentence, gets one for all", (code) => {
  expect(explainOAuthError(t, new OAuthError(code, "x")).explanation).toBe(t("oauth.other"));
});

test("a page in another language has no English on it except the developer's terms", () => {
  const frame = { locale: "ar-XB", nonce: "n" } as const;
  const texts = errorTexts(frame);
  const explained = explainOAuthError(texts, new InvalidScopeError());
  const page = { status: 400, title: texts("unreadable"), ...explained, advice: texts("goBack"), reference: "R1" };
  const html = renderErrorPage(page, frame);
  expect(html).toContain('<html lang="ar-XB" dir="rtl">');
  expect(html).toContain('<p class="detail" lang="en" dir="ltr">invalid_scope: ');
  const shown = html
    .replace(/<(style|head|svg)\b.*?<\/\1>|<p class="detail".*?<\/p>|<code>.*?<\/code>/gs, "")
    .replace(/<[^>]*>/g, "\n");
  for (const text of shown.split("\n").filter((line) => /\w/.test(line))) expect(text).toMatch(/^\u202e.*\u202c\s*$/u);
  expect(toSentences(texts, page)).not.toContain("Go back");
});
