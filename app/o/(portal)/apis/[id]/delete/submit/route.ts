import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { apiPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { deleteApi } from "@/lib/services/apis/delete-api";
import { getApi } from "@/lib/services/apis/get-api";
import { ValidationError } from "@/lib/services/errors";

/** Deletes only what was named: `confirmed_name` must be the API's name. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getApi(context, id);
  const typed = form.get("confirmed_name") ?? "";
  try {
    if (typed.trim() !== name) {
      throw new ValidationError({ confirmedName: ["The name doesn't match. Nothing was deleted."] });
    }
    await deleteApi(context, id);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    await setFormFlash(`/o/apis/${id}/delete`, error, { confirmed_name: typed });
    return seeOther(`${apiPath(id)}delete/?rejected=name`);
  }
  return seeOther("/o/apis/");
});
