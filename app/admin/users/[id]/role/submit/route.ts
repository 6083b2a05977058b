import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import { setPortalRole } from "@/lib/services/users/manage/set-portal-role";

/** The page is the tab *Security* of the user. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const session = await getCurrentSession();
  const role = form.get("portal_role") ?? "";
  const page = `/admin/users/${id}/security`;
  return submitForm({ page, rejected: `${page}/?rejected=role#role`, values: { portal_role: role } }, async () => {
    await setPortalRole(serviceContext(session, request.headers), { id, portalRole: role === "none" ? null : role });
    await clearFormFlash(page);
    // With another role, the reader may not see the page any more.
    if (session?.user.id === id) return "/";
    await setNotice(page, "role-saved");
    return `${page}/#role`;
  });
});
