import { clearInvitationFlash } from "@/lib/http/forms/invitation-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { invitationsPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";

/** "I've copied them": deletes the only copy, in this browser's cookie. */
export const POST = portalPost(async () => {
  await clearInvitationFlash();
  return seeOther(invitationsPath);
});
