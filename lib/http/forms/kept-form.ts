import { z } from "zod";
import { clearFlash, type Flash, mostPackedBytes, readFlash, setFlashFor } from "./flash";
import { packContent } from "./flash-content";
import { keptFormLifetime } from "./form-flash";

/** A form of `runFormAction`. */
export interface FormPlace {
  /** The page with the form, without a trailing slash and query. */
  page: string;
  /** Tells the forms of a page apart. */
  form: string;
}

const keptFormSchema = z.object({ form: z.string(), values: z.record(z.string(), z.array(z.string())) });

export type KeptValues = z.output<typeof keptFormSchema>["values"];

/** Never kept: the user chooses and types it again. */
const secretNames: readonly string[] = ["client_secret"];

/**
 * Keeps what was typed into a form whose user has to sign in or to enter their password first. `holder` as from
 * `readFormHolder`. A form that doesn't fit into the flash isn't kept at all: with a list cut short, the rest of it
 * would be removed when it is saved.
 */
export async function keepForm(place: FormPlace, values: KeptValues, holder: string): Promise<void> {
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !secretNames.includes(name)));
  const content = { form: place.form, values: kept };
  if (packContent(content).length <= mostPackedBytes) await setFlashFor(holder, keptFlash(place.page), content);
}

/** What the signed-in user had typed into the form; null if nothing of it is kept. */
export async function readKeptForm({ page, form }: FormPlace): Promise<KeptValues | null> {
  const { data } = keptFormSchema.safeParse(await readFlash(keptFlash(page)));
  return data?.form === form ? data.values : null;
}

export async function clearKeptForm({ page }: FormPlace): Promise<void> {
  await clearFlash(keptFlash(page));
}

function keptFlash(page: string): Flash {
  return { name: "kept", path: page, maxAge: keptFormLifetime };
}
