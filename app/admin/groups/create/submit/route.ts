import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { groupPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { createGroup } from "@/lib/services/groups/create-group";

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "name", "description"]);
  const context = serviceContext(await getCurrentSession(), request.headers);
  const values = { name: form.get("name") ?? "", description: form.get("description") ?? "" };
  const page = "/admin/groups/create";
  return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
    const { id } = await createGroup(context, values);
    await setNotice(`/admin/groups/${id}`, "created");
    return groupPath(id);
  });
});
