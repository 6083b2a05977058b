import { getCurrentSession } from "@/lib/auth/current-session";
import { invitationsFlashPath } from "@/lib/http/forms/invitation-flash";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { invitationsPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { requirePermission, type ServiceContext } from "@/lib/services/context";
import { resendInvitations } from "@/lib/services/invitations/resend-invitations";
import { revokeInvitation } from "@/lib/services/invitations/revoke-invitation";
import { readSelection, toAskingPath, toListOf, toListPath } from "../../../_components/selection";
import { resending, setResentFlash } from "../../_components/resending";

/** Revokes the selected invitations, or sends them again, about which a page asks first. */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    requirePermission(context, "invitations:write");
    const [ids, action] = [[...form.getAll("id")], form.get("action")];
    const list = toListOf(invitationsPath, request.headers);
    if (action === "resend") return askOrResend(context, form, { ids, list });
    if (action !== "revoke") throw new InvalidRequestError("The form has an action that does not belong to it.");
    const { revoked } = await revokeInvitation(context, { ids });
    if (ids.length > 0) await setNotice(invitationsFlashPath, revoked > 0 ? "revoked" : "gone");
    return seeOther(list);
  },
  { repeated: ["id"] },
);

async function askOrResend(context: ServiceContext, form: Parameters, asked: { ids: string[]; list: string }) {
  const confirmed = form.get("ids");
  if (confirmed === undefined) {
    return seeOther(asked.ids.length > 0 ? toAskingPath(resending, asked.ids, asked.list) : asked.list);
  }
  const [ids, list] = [readSelection(confirmed), toListPath(invitationsPath, form.get("list"))];
  const again = toAskingPath(resending, ids, list);
  // Without a mail server that page says so.
  return submitForm({ page: resending.page, rejected: again, values: {} }, async () => {
    const { sent, refused } = await resendInvitations(context, { ids });
    const limited = refused.filter(({ reason }) => reason === "limited").length;
    await setResentFlash({ sent: sent.length, limited, gone: refused.length - limited });
    return list;
  });
}
