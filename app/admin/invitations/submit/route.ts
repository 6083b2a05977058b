import { getCurrentSession } from "@/lib/auth/current-session";
import { addToInvitationFlash, invitationsFlashPath } from "@/lib/http/forms/invitation-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { invitationsPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { NotFoundError } from "@/lib/services/errors";
import { resendInvitation } from "@/lib/services/invitations/resend-invitation";

/** A new link for one invitation. */
export const POST = portalPost(async (form, request) => {
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [id, delivery] = [form.get("id") ?? "", form.get("delivery") === "email" ? "email" : "copy"] as const;
  try {
    const { link } = await resendInvitation(context, { id, delivery });
    if (link === null) await setNotice(invitationsFlashPath, "resent");
    else await addToInvitationFlash([{ id, link }]);
  } catch (error) {
    // It was accepted, revoked or deleted since the list was shown.
    if (!(error instanceof NotFoundError)) throw error;
    await setNotice(invitationsFlashPath, "gone");
  }
  return seeOther(invitationsPath);
});
