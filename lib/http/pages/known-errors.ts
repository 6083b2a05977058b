import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { describeWait } from "@/lib/describe-wait";
import { AbandonedError, QueueBusyError } from "@/lib/limits/fair-queue";
import { OAuthError, UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { ForbiddenError, NotFoundError, ServiceError } from "@/lib/services/errors";
import type { ErrorPage } from "./render-page";

const advice = "Go back and try again.";

export const busy = {
  status: 503,
  title: "Try again in a moment",
  advice: "Wait a few seconds, then go back and try again.",
  headers: { "Retry-After": "5" },
};

/** What people are told of each error that can be expected. A class stands before the one that it extends. */
const pages: readonly ((error: unknown) => ErrorPage | null)[] = [
  page(TooManyAttemptsError, ({ retryAfter }) => ({
    status: 429,
    title: "Too many attempts",
    explanation: "Sign-in is paused for this account or network after too many failed attempts.",
    advice: `Try again in ${describeWait(retryAfter)}.`,
    headers: { "Retry-After": String(retryAfter) },
  })),
  page(QueueBusyError, ({ retryAfter }) => ({
    ...busy,
    explanation: "Too many people are signing in right now.",
    headers: { "Retry-After": String(retryAfter) },
  })),
  // Nobody reads this: the browser has gone.
  page(AbandonedError, () => ({
    status: 400,
    title: "Request cancelled",
    explanation: "The request was cancelled.",
    advice,
  })),
  page(UntrustedRequestError, ({ status, explanation }) => ({
    status,
    title: "We couldn't complete this request",
    explanation,
    advice: "Go back to the application and start again.",
  })),
  page(NotFoundError, ({ message }) => ({ status: 404, title: "Not found", explanation: message, advice })),
  page(ForbiddenError, ({ message }) => ({ status: 403, title: "Not allowed", explanation: message, advice })),
  page(ServiceError, ({ message }) => ({
    status: 400,
    title: "We couldn't complete this request",
    explanation: message,
    advice,
  })),
  page(OAuthError, ({ status, description }) => ({
    status,
    title: "We couldn't read this request",
    explanation: description,
    advice,
  })),
];

/** The page for an error that can be expected; null for any other. */
export function describeKnownError(error: unknown): ErrorPage | null {
  for (const describe of pages) {
    const described = describe(error);
    if (described) return described;
  }
  return null;
}

function page<Kind extends Error>(kind: abstract new (...args: never[]) => Kind, describe: (error: Kind) => ErrorPage) {
  return (error: unknown) => (error instanceof kind ? describe(error) : null);
}
