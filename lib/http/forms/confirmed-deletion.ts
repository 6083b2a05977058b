import type { Parameters } from "@/lib/oauth/wire/parameters";
import { ValidationError } from "@/lib/services/errors";
import { submitForm } from "./submit-form";

export interface Deletion {
  /** The name of what is to be deleted, which people type into `confirmed_name`. */
  name: string;
  /** The page that asks for it, without a slash at its end, and where it shows what is wrong. */
  page: string;
  rejected: string;
  /** Where the others of its kind are listed. */
  list: string;
}

/** Deletes only what was named; what can't be deleted leads back to the page, which says so. */
export function confirmDeletion(
  form: Parameters,
  { name, page, rejected, list }: Deletion,
  remove: () => Promise<void>,
): Promise<Response> {
  const typed = form.get("confirmed_name") ?? "";
  return submitForm({ page, rejected, values: { confirmed_name: typed } }, async () => {
    if (typed.trim() !== name) {
      throw new ValidationError({ confirmedName: ["The name doesn't match. Nothing was deleted."] });
    }
    await remove();
    return list;
  });
}
