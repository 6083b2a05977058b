import { findContradictingOrigin } from "@/lib/auth/own-origin";
import { currentSettings } from "@/lib/current-settings";
import { log } from "@/lib/log";
import type { ErrorTexts } from "../error-texts";
import type { ErrorPage } from "../pages/render-page";

/**
 * The page for a form that wasn't sent by one of our pages in this browser. Says so if the browser contradicts
 * PUBLIC_URL.
 */
export function foreignFormPage(headers: Headers, t: ErrorTexts): ErrorPage {
  const contradiction = describeContradiction(headers, t);
  return {
    status: 403,
    title: t("foreignForm.title"),
    explanation: contradiction?.explanation ?? t("foreignForm.explanation"),
    advice: contradiction?.advice ?? t("foreignForm.advice"),
  };
}

/** An explanation for a form from an address that isn't configured; null if nothing contradicts the configuration. */
export function describeContradiction(
  headers: Headers,
  t: ErrorTexts,
): Pick<ErrorPage, "explanation" | "advice"> | null {
  const origin = findContradictingOrigin(headers);
  if (origin === null) return null;
  const { publicUrl } = currentSettings();
  logOnce(origin, publicUrl);
  return {
    explanation: t("foreignForm.otherOrigin", { origin, publicUrl }),
    advice: t("foreignForm.otherOriginAdvice", { origin, publicUrl }),
  };
}

/** Enough for every name of an installation; strangers can name any number. */
const mostOrigins = 10;

// Each bundle of routes may have its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyForeignOrigins?: Set<string> };

function logOnce(origin: string, publicUrl: string): void {
  holder.latchkeyForeignOrigins ??= new Set();
  const seen = holder.latchkeyForeignOrigins;
  if (seen.has(origin) || seen.size >= mostOrigins) return;
  seen.add(origin);
  log().warn(
    { origin, publicUrl },
    "a form came from an address other than PUBLIC_URL: set PUBLIC_URL to it if users need it",
  );
}
