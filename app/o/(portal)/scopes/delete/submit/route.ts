import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { scopePath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { ValidationError } from "@/lib/services/errors";
import { deleteScope } from "@/lib/services/scopes/delete-scope";
import { getScope } from "@/lib/services/scopes/get-scope";

/** Deletes only what was named: `confirmed_name` must be the scope's name. */
export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getScope(context, form.get("name") ?? "");
  const typed = form.get("confirmed_name") ?? "";
  if (typed.trim() !== name) {
    const error = new ValidationError({ confirmedName: ["The name doesn't match. Nothing was deleted."] });
    await setFormFlash("/o/scopes/delete", error, { confirmed_name: typed });
    return seeOther(`${scopePath("delete", name)}&rejected=name`);
  }
  await deleteScope(context, name);
  return seeOther("/o/scopes/");
});
