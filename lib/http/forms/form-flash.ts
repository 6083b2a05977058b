import { z } from "zod";
import { describeProblems } from "@/lib/messages/problem";
import { problemsIn } from "@/lib/messages/problems-in";
import { getLocale } from "@/lib/messages/request-locale";
import type { ValidationError } from "@/lib/services/errors";
import { fitValues } from "./fit-values";
import { clearFlash, type Flash, readFlash, setFlash, setFlashFor } from "./flash";

/** What a rejected form gets back: the typed values and their errors, by field. Never a password. */
const formFlashSchema = z.object({
  values: z.record(z.string(), z.string()),
  fieldErrors: z.record(z.string(), z.array(z.string())),
});

export type FormFlash = z.output<typeof formFlashSchema>;

/**
 * `path` is that of the page with the form, without a trailing slash: the cookie is then sent to both forms of the
 * address.
 */
export async function setFormFlash(
  path: string,
  error: ValidationError,
  values: Record<string, string>,
): Promise<void> {
  const { fieldProblems } = error;
  await setFlash(formFlash(path), { values: fitValues(values, fieldProblems), fieldErrors: fieldProblems });
}

/** The values of a form that came without a session, for its user `holder` (`readFormHolder`) once they are back. */
export async function keepFormFlash(path: string, values: Record<string, string>, holder: string): Promise<void> {
  await setFlashFor(holder, formFlash(path, keptFormLifetime), { values: fitValues(values, {}), fieldErrors: {} });
}

/** In seconds: enough to sign in again, with a new password if need be. */
export const keptFormLifetime = 900;

/** In the language of the page. */
export async function readFormFlash(path: string): Promise<FormFlash | null> {
  const { data } = formFlashSchema.safeParse(await readFlash(formFlash(path)));
  if (!data) return null;
  return { ...data, fieldErrors: describeProblems(data.fieldErrors, problemsIn(await getLocale())) };
}

export async function clearFormFlash(path: string): Promise<void> {
  await clearFlash(formFlash(path));
}

function formFlash(path: string, maxAge = 120): Flash {
  return { name: "form", path, maxAge };
}
