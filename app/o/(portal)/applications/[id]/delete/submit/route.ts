import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { deleteApplication } from "@/lib/services/applications/delete-application";
import { getApplication } from "@/lib/services/applications/get-application";
import { ValidationError } from "@/lib/services/errors";

/** Deletes only what was named: `confirmed_name` must be the application's name. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getApplication(context, id);
  const typed = form.get("confirmed_name") ?? "";
  if (typed.trim() !== name) {
    const error = new ValidationError({ confirmedName: ["The name doesn't match. Nothing was deleted."] });
    await setFormFlash(`/o/applications/${id}/delete`, error, { confirmed_name: typed });
    return seeOther(`${applicationPath(id)}delete/?rejected=name`);
  }
  await deleteApplication(context, id);
  return seeOther("/o/applications/");
});
