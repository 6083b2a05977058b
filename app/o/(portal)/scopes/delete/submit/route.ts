import { getCurrentSession } from "@/lib/auth/current-session";
import { confirmDeletion } from "@/lib/http/forms/confirmed-deletion";
import { portalPost } from "@/lib/http/forms/portal-route";
import { scopePath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { assertDeletable, deleteScope } from "@/lib/services/scopes/delete-scope";
import { getScope } from "@/lib/services/scopes/get-scope";

export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const { name } = await getScope(context, { name: form.get("name") ?? "" });
  assertDeletable(name);
  const rejected = `${scopePath("delete", name)}&rejected=name`;
  return confirmDeletion(form, { name, page: "/o/scopes/delete", rejected, list: "/o/scopes/" }, () =>
    deleteScope(context, { name }),
  );
});
