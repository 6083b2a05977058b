import { assertOwnForm } from "@/lib/auth/csrf";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { PasswordConfirmationError } from "@/lib/services/errors";
import { toErrorPage } from "../pages/error-page";
import { confirmPasswordPath } from "../paths";
import { seeOther } from "../responses";
import { backFrom } from "./back-to-referer";
import { readFormText } from "./read-form";

/**
 * Wraps the POST of one of our own forms: reads it, refuses it unless it was sent by one of our pages in this browser,
 * and turns errors into pages. `Context` is what Next.js passes to a route besides the request,
 * and `repeated` are the fields that may be sent several times, such as checkboxes of one name.
 */
export function portalPost<Context>(
  handler: (form: Parameters, request: Request, context: Context) => Promise<Response>,
  { repeated = [] }: { repeated?: readonly string[] } = {},
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      const form = Parameters.parse(await readFormText(request));
      form.refuseRepeated(repeated);
      await assertOwnForm(request.headers, form.get("csrf"));
      return await handler(form, request, context);
    } catch (error) {
      if (error instanceof PasswordConfirmationError) return seeOther(confirmPasswordPath(backFrom(request.headers)));
      return toErrorPage(error, request);
    }
  };
}
