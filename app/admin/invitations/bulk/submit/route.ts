import { getCurrentSession } from "@/lib/auth/current-session";
import { invitationsFlashPath } from "@/lib/http/forms/invitation-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { invitationsPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeInvitation } from "@/lib/services/invitations/revoke-invitation";

/** Revokes the selected invitations. */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const ids = [...form.getAll("id")];
    const { revoked } = await revokeInvitation(context, { ids });
    if (ids.length > 0) await setNotice(invitationsFlashPath, revoked > 0 ? "revoked" : "gone");
    return seeOther(invitationsPath);
  },
  { repeated: ["id"] },
);
