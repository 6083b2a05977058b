import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmDeletion } from "@/lib/http/forms/confirmed-deletion";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { attributesPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { deleteAttribute, describeAttributeDeletion } from "@/lib/services/attributes/delete-attribute";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await describeAttributeDeletion(context, { id });
  const page = `/admin/settings/attributes/${id}/delete`;
  return confirmDeletion(form, { name, page, rejected: `${page}/?rejected=name`, list: attributesPath }, async () => {
    await deleteAttribute(context, { id });
    await setNotice("/admin/settings/attributes", "deleted");
  });
});
