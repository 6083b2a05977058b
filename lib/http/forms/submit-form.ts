import { ValidationError } from "@/lib/services/errors";
import { notNowResponse } from "../pages/not-now";
import { seeOther } from "../responses";
import { setFormFlash } from "./form-flash";

export interface SubmittedForm {
  /** The page with the form, without a slash at its end: its cookie reaches both forms of the address then. */
  page: string;
  /** Where that page shows what is wrong. */
  rejected: string;
  /** What was typed. Never a password. */
  values: Record<string, string>;
  /** Where the form is again if nothing is wrong with it; by default where it would show that. */
  again?: string;
}

/**
 * Does what a form asks for and goes where `work` says. A form that isn't accepted leads back to its page, which gets
 * what was typed and what is wrong, by field; so does one that can't be decided right now (`notNowResponse`).
 */
export async function submitForm(form: SubmittedForm, work: () => Promise<string>): Promise<Response> {
  const { page, rejected, values, again = rejected } = form;
  let location: string;
  try {
    location = await work();
  } catch (error) {
    if (error instanceof ValidationError) {
      await setFormFlash(page, error, values);
      return seeOther(rejected);
    }
    return notNowResponse(error, async () => {
      if (Object.keys(values).length > 0) await setFormFlash(page, new ValidationError({}), values);
      return { href: again, label: "Back to the form" };
    });
  }
  return seeOther(location);
}
