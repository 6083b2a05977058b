import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { groupPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { updateGroup } from "@/lib/services/groups/update-group";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  form.refuseOthersThan(["csrf", "name", "description"]);
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const values = { name: form.get("name") ?? "", description: form.get("description") ?? "" };
  const page = `/admin/groups/${id}`;
  return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
    await updateGroup(context, { id, ...values });
    await setNotice(page, "saved");
    return groupPath(id);
  });
});
