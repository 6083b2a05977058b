import { readFormHolder } from "@/lib/auth/csrf";
import { PasswordConfirmationError, UnauthenticatedError } from "@/lib/services/errors";
import { toErrorPage } from "../pages/error-page";
import { confirmPasswordPath, signInPath } from "../paths";
import { seeOther } from "../responses";
import { backFrom } from "./back-to-referer";
import { keepFormFlash } from "./form-flash";
import { SignInAgainError } from "./submit-form";

/**
 * The answer to a form of ours that failed with `error`. Who has to sign in or to enter their password first comes back
 * to the page with the form, and finds there what they had typed. `csrf` as it was sent.
 */
export async function refusedForm(error: unknown, request: Request, csrf: string | undefined): Promise<Response> {
  if (error instanceof PasswordConfirmationError) return seeOther(confirmPasswordPath(backFrom(request.headers)));
  if (!(error instanceof UnauthenticatedError)) return toErrorPage(error, request);
  const holder = readFormHolder(csrf);
  if (!(error instanceof SignInAgainError) || holder === null) return seeOther(signInPath(backFrom(request.headers)));
  const { page, rejected, values } = error.form;
  if (Object.keys(values).length > 0) await keepFormFlash(page, values, holder);
  return seeOther(signInPath(rejected));
}
