import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { AbandonedError, QueueBusyError } from "@/lib/limits/fair-queue";
import type { Locale } from "@/lib/messages/locales";
import { problemsIn } from "@/lib/messages/problems-in";
import { OAuthError, TooManyRequestsError, UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { ForbiddenError, NotFoundError, ServiceError } from "@/lib/services/errors";
import { adviseToWait, type ErrorTexts, errorTexts, explainOAuthError } from "../error-texts";
import type { ErrorPage } from "./render-page";

/** What the pages have in common that ask to wait a few seconds. */
export function busyPage(t: ErrorTexts): Omit<ErrorPage, "explanation"> {
  return { status: 503, title: t("busy.title"), advice: t("busy.goBack"), headers: { "Retry-After": "5" } };
}

/** The page for each expected error. A subclass comes before its superclass. */
const pages: readonly ((error: unknown, t: ErrorTexts, locale: Locale) => ErrorPage | null)[] = [
  page(TooManyAttemptsError, ({ retryAfter }, t) => ({
    status: 429,
    title: t("attempts.title"),
    explanation: t("attempts.explanation"),
    advice: adviseToWait(t, retryAfter),
    headers: { "Retry-After": String(retryAfter) },
  })),
  page(QueueBusyError, ({ retryAfter }, t) => ({
    ...busyPage(t),
    explanation: t("busy.signingIn"),
    headers: { "Retry-After": String(retryAfter) },
  })),
  // Nobody reads this: the browser has disconnected.
  page(AbandonedError, (_error, t) => ({
    status: 400,
    title: t("cancelled.title"),
    explanation: t("cancelled.explanation"),
    advice: t("goBack"),
  })),
  page(UntrustedRequestError, ({ status, reason }, t) => ({
    status,
    title: t("incomplete.title"),
    explanation: t(`refusals.${reason}`),
    advice: t("incomplete.advice"),
  })),
  page(NotFoundError, (error, t, locale) => ({
    status: 404,
    title: t("notFound"),
    explanation: error.translate(problemsIn(locale)).message,
    advice: t("goBack"),
  })),
  page(ForbiddenError, (error, t, locale) => ({
    status: 403,
    title: t("notAllowed"),
    explanation: error.translate(problemsIn(locale)).message,
    advice: t("goBack"),
  })),
  page(ServiceError, (error, t, locale) => ({
    status: 400,
    title: t("incomplete.title"),
    explanation: error.translate(problemsIn(locale)).message,
    advice: t("goBack"),
  })),
  page(TooManyRequestsError, ({ retryAfter }, t) => ({
    status: 429,
    title: t("requests.title"),
    explanation: t("requests.explanation"),
    advice: adviseToWait(t, retryAfter),
    headers: { "Retry-After": String(retryAfter) },
  })),
  page(OAuthError, (error, t) => ({
    status: error.status,
    title: t("unreadable"),
    ...explainOAuthError(t, error),
    advice: t("goBack"),
  })),
];

/** The page for an expected error; null for any other. */
export function describeKnownError(error: unknown, locale: Locale): ErrorPage | null {
  const t = errorTexts({ locale });
  for (const describe of pages) {
    const described = describe(error, t, locale);
    if (described) return described;
  }
  return null;
}

function page<Kind extends Error>(
  kind: abstract new (...args: never[]) => Kind,
  describe: (error: Kind, t: ErrorTexts, locale: Locale) => ErrorPage,
) {
  return (error: unknown, t: ErrorTexts, locale: Locale) => (error instanceof kind ? describe(error, t, locale) : null);
}
