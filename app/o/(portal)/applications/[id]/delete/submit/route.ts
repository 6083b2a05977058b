import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmDeletion } from "@/lib/http/forms/confirmed-deletion";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { deleteApplication } from "@/lib/services/applications/delete-application";
import { getApplication } from "@/lib/services/applications/get-application";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getApplication(context, { id });
  const page = `${applicationPath(id)}delete`;
  return confirmDeletion(form, { name, page, rejected: `${page}/?rejected=name`, list: "/o/applications/" }, () =>
    deleteApplication(context, { id }),
  );
});
