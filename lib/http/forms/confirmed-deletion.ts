import { problem } from "@/lib/messages/problem";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { ValidationError } from "@/lib/services/errors";
import { submitForm } from "./submit-form";

export interface Deletion {
  /** The name of what is to be deleted, which has to be typed into `confirmed_name`. */
  name: string;
  /** The confirmation page, without a trailing slash, and where it shows an error. */
  page: string;
  rejected: string;
  /** The list of all of its kind. */
  list: string;
}

/** Deletes only after the name was typed. What can't be deleted leads back to the page, which explains it. */
export function confirmDeletion(
  form: Parameters,
  { name, page, rejected, list }: Deletion,
  remove: () => Promise<void>,
): Promise<Response> {
  const typed = form.get("confirmed_name") ?? "";
  return submitForm({ page, rejected, values: { confirmed_name: typed } }, async () => {
    if (typed.trim() !== name) {
      throw new ValidationError({ confirmedName: [problem("consoleProblems.nameDiffers")] });
    }
    await remove();
    return list;
  });
}
