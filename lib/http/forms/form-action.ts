import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { noteUnavailable } from "@/lib/answering";
import { assertOwnForm, CrossSiteRequestError, readFormHolder } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { problemsIn } from "@/lib/messages/problems-in";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { ServiceContext } from "@/lib/services/context";
import { PasswordConfirmationError, ServiceError, UnauthenticatedError } from "@/lib/services/errors";
import { toSentences } from "../error-texts";
import { describeKnownError } from "../pages/known-errors";
import { confirmPasswordPath, signInPath } from "../paths";
import { reportFailure } from "../reference";
import { serviceContext } from "../service-context";
import { backFrom } from "./back-to-referer";
import { describeContradiction } from "./foreign-form";
import { clearKeptForm, type FormPlace, keepForm } from "./kept-form";
import { applyRowCommand } from "./row-command";

/**
 * The response to a form with client-side validation that wasn't accepted: all typed values, and the errors by field.
 */
export interface FormState {
  values: Record<string, string[]>;
  fieldErrors: Record<string, string[]>;
  /** Errors that belong to no single field; null if there are none. */
  formError: string | null;
}

/**
 * Wraps a server action of `useActionState`: checks that the form is ours, runs `work`, and answers 303 to the path
 * that it returns, or returns the typed values with the errors. Who has to sign in or to enter their password first
 * comes back to the form as it was (`KeptForm`).
 */
export async function runFormAction(
  form: FormData,
  place: FormPlace,
  work: (context: ServiceContext) => Promise<string>,
): Promise<FormState> {
  const requestHeaders = await headers();
  let path: string;
  try {
    await assertOwnForm(requestHeaders, readText(form, "csrf"));
    const changed = applyRowCommand(keepValues(form));
    if (changed) return { values: changed, fieldErrors: {}, formError: null };
    path = await work(serviceContext(await getCurrentSession(), requestHeaders));
  } catch (error) {
    const isSignedOut = error instanceof UnauthenticatedError;
    // A page with a form for a sensitive step has asked before: this is for one that was open for long.
    if (isSignedOut || error instanceof PasswordConfirmationError) {
      const holder = readFormHolder(readText(form, "csrf"));
      if (holder !== null) await keepForm(place, keepValues(form), holder);
      redirect((isSignedOut ? signInPath : confirmPasswordPath)(backFrom(requestHeaders)));
    }
    return { values: keepValues(form), ...(await describe(error, requestHeaders)) };
  }
  await clearKeptForm(place);
  redirect(path);
}

/** The text of a field; empty if it is absent. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The texts of a field that may occur several times. */
export function readTexts(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === "string");
}

function keepValues(form: FormData): Record<string, string[]> {
  const names = [...new Set(form.keys())].filter((name) => name !== "csrf" && !name.startsWith("$"));
  return Object.fromEntries(names.map((name) => [name, readTexts(form, name)]));
}

async function describe(
  error: unknown,
  requestHeaders: Headers,
): Promise<Pick<FormState, "fieldErrors" | "formError">> {
  if (error instanceof ServiceError) {
    const { fieldErrors, message } = error.translate(problemsIn(await getLocale()));
    return { fieldErrors, formError: Object.keys(fieldErrors).length === 0 ? message : null };
  }
  const t = await getTexts("errors");
  if (error instanceof CrossSiteRequestError) {
    const contradiction = describeContradiction(requestHeaders, t);
    const reason = contradiction && toSentences(t, contradiction);
    return { fieldErrors: {}, formError: reason ?? t("form.expired") };
  }
  const known = describeKnownError(error, await getLocale());
  if (known) return { fieldErrors: {}, formError: toSentences(t, known) };
  const { reference, isOutage } = reportFailure(error, requestHeaders);
  if (isOutage) noteUnavailable();
  return { fieldErrors: {}, formError: t(isOutage ? "form.outage" : "form.unexpected", { reference }) };
}
