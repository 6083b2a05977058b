import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmDeletion } from "@/lib/http/forms/confirmed-deletion";
import { portalPost } from "@/lib/http/forms/portal-route";
import { apiPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { deleteApi } from "@/lib/services/apis/delete-api";
import { getApi } from "@/lib/services/apis/get-api";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getApi(context, { id });
  const page = `${apiPath(id)}delete`;
  return confirmDeletion(form, { name, page, rejected: `${page}/?rejected=name`, list: "/o/apis/" }, () =>
    deleteApi(context, { id }),
  );
});
