import { toWaitingMinutes } from "@/lib/describe-wait";
import { type Texts, textsOf } from "@/lib/messages/texts";
import type { OAuthError } from "@/lib/oauth/wire/errors";
import type { ErrorPage, PageFrame } from "./pages/render-page";

/** The texts of the pages without React. */
export type ErrorTexts = Texts<"errors">;

export function errorTexts({ locale }: Pick<PageFrame, "locale">): ErrorTexts {
  return textsOf("errors", locale);
}

/** What a page says, in a line where there is no room for one. */
export function toSentences(t: ErrorTexts, { explanation, advice }: Pick<ErrorPage, "explanation" | "advice">): string {
  return t("sentences", { explanation, advice });
}

/** `retryAfter` is in seconds. */
export function adviseToWait(t: ErrorTexts, retryAfter: number): string {
  return t("retryIn", { minutes: toWaitingMinutes(retryAfter) });
}

/**
 * An error of the protocol for the person at the browser, and in the English terms of the protocol for the developer of
 * the application (RFC 6749 §5.2).
 */
export function explainOAuthError(
  t: ErrorTexts,
  { error, description }: OAuthError,
): Pick<ErrorPage, "explanation"> & { detail: string } {
  const key = `oauth.${error}`;
  return {
    explanation: isText(t, key) ? t(key) : t("oauth.other"),
    detail: `${error}: ${description}`,
  };
}

function isText(t: ErrorTexts, key: string): key is "oauth.invalid_request" {
  return t.has(key as "oauth.invalid_request");
}
