import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { createPasswordResetLink } from "@/lib/services/password-reset/create-password-reset-link";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const delivery = form.get("delivery") === "email" ? "email" : "copy";
  const { link } = await createPasswordResetLink(context, { userId: id, delivery });
  if (link === null) await setNotice(`/admin/users/${id}`, "reset-link-sent");
  else await setResetLinkFlash(id, link);
  return seeOther(`/admin/users/${id}/security/`);
});
