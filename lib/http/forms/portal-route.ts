import { assertOwnForm } from "@/lib/auth/csrf";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { readFormText } from "./read-form";
import { refusedForm } from "./refused-form";

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
    let csrf: string | undefined;
    try {
      const form = Parameters.parse(await readFormText(request));
      form.refuseRepeated(repeated);
      await assertOwnForm(request.headers, form.get("csrf"));
      csrf = form.get("csrf");
      return await handler(form, request, context);
    } catch (error) {
      return refusedForm(error, request, csrf);
    }
  };
}
