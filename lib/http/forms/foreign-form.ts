import { findContradictingOrigin } from "@/lib/auth/own-origin";
import { currentSettings } from "@/lib/current-settings";
import { log } from "@/lib/log";
import type { ErrorTexts } from "../error-texts";
import type { ErrorPage } from "../pages/render-page";

/** The page for a form that no page of ours in this browser sent. Says so where the browser contradicts PUBLIC_URL. */
export function foreignFormPage(headers: Headers, t: ErrorTexts): ErrorPage {
  const contradiction = describeContradiction(headers, t);
  return {
    status: 403,
    title: t("foreignForm.title"),
    explanation: contradiction?.explanation ?? t("foreignForm.explanation"),
    advice: contradiction?.advice ?? t("foreignForm.advice"),
  };
}

/** What to say of a form from an address that the configuration doesn't know; null if nothing contradicts it. */
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

/** Enough for every name that an installation has; strangers can name as many as they like. */
const mostOrigins = 10;

// Each bundle of routes may have a module of its own.
const holder = globalThis as typeof globalThis & { latchkeyForeignOrigins?: Set<string> };

function logOnce(origin: string, publicUrl: string): void {
  holder.latchkeyForeignOrigins ??= new Set();
  const seen = holder.latchkeyForeignOrigins;
  if (seen.has(origin) || seen.size >= mostOrigins) return;
  seen.add(origin);
  log().warn({ origin, publicUrl }, "a form came from an address other than PUBLIC_URL; set it if people use that one");
}
