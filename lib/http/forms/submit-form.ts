import { getTexts } from "@/lib/messages/request-locale";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { PasswordConfirmationError, UnauthenticatedError, ValidationError } from "@/lib/services/errors";
import { notNowResponse } from "../pages/not-now";
import { confirmPasswordPath } from "../paths";
import { seeOther } from "../responses";
import { setFormFlash } from "./form-flash";

export interface SubmittedForm {
  /** The page with the form, without a trailing slash: its cookie is then sent to both forms of the address. */
  page: string;
  /** Where that page shows the errors. */
  rejected: string;
  /** The typed values. Never a password. */
  values: Record<string, string>;
  /** The address of the form without errors, if it differs from `rejected`. */
  again?: string;
  /** The page of its own that says for how many seconds the step is refused, because it was taken too often. */
  tooMany?: (retryAfter: number) => Promise<Response>;
}

/** A form came without a session: `portalPost` keeps what was typed, and its user signs in first. */
export class SignInAgainError extends UnauthenticatedError {
  constructor(readonly form: Pick<SubmittedForm, "page" | "rejected" | "values">) {
    super();
  }
}

/**
 * Performs a form's action and redirects to the path that `work` returns. A rejected form leads back to its page, which
 * gets the typed values and the errors by field; so does one that can't be decided right now (`notNowResponse`). Where
 * the password has to be entered first, that comes in between.
 * @throws SignInAgainError for a form whose session has ended
 */
export async function submitForm(form: SubmittedForm, work: () => Promise<string>): Promise<Response> {
  const { page, rejected, values, again = rejected, tooMany } = form;
  let location: string;
  try {
    location = await work();
  } catch (error) {
    if (error instanceof ValidationError) {
      await setFormFlash(page, error, values);
      return seeOther(rejected);
    }
    if (error instanceof UnauthenticatedError) throw new SignInAgainError({ page, rejected, values });
    if (error instanceof PasswordConfirmationError) {
      await setFormFlash(page, new ValidationError({}), values);
      return seeOther(confirmPasswordPath(rejected));
    }
    if (error instanceof TooManyRequestsError && tooMany) return tooMany(error.retryAfter);
    return notNowResponse(error, async () => {
      if (Object.keys(values).length > 0) await setFormFlash(page, new ValidationError({}), values);
      return { href: again, label: (await getTexts("errors"))("busy.backToForm") };
    });
  }
  return seeOther(location);
}
