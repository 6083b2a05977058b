import { z } from "zod";
import type { ValidationError } from "@/lib/services/errors";
import { readFlash, setFlash } from "./flash";

/** What a rejected form gets back: what was typed, and what is wrong with it, by field. Never a password. */
const formFlashSchema = z.object({
  values: z.record(z.string(), z.string()),
  fieldErrors: z.record(z.string(), z.array(z.string())),
});

export type FormFlash = z.output<typeof formFlashSchema>;

export async function setFormFlash(
  path: string,
  error: ValidationError,
  values: Record<string, string>,
): Promise<void> {
  // A cookie holds 4 kB; nobody's name is that long.
  const kept = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, 254)]));
  await setFlash("form", { values: kept, fieldErrors: error.fieldErrors }, { path, maxAge: 120 });
}

export async function readFormFlash(): Promise<FormFlash | null> {
  const flash = formFlashSchema.safeParse(await readFlash("form"));
  return flash.success ? flash.data : null;
}
