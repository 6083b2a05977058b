import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmDeletion } from "@/lib/http/forms/confirmed-deletion";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { groupsPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { deleteGroup } from "@/lib/services/groups/delete-group";
import { getGroup } from "@/lib/services/groups/get-group";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getGroup(context, { id }, "groups:write");
  const page = `/admin/groups/${id}/delete`;
  return confirmDeletion(form, { name, page, rejected: `${page}/?rejected=name`, list: groupsPath }, async () => {
    await deleteGroup(context, { id });
    await setNotice("/admin/groups", "deleted");
  });
});
