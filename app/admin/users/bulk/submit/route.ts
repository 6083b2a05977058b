import { getCurrentSession } from "@/lib/auth/current-session";
import { backToReferer } from "@/lib/http/forms/back-to-referer";
import { portalPost } from "@/lib/http/forms/portal-route";
import { usersPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { requirePermission, type ServiceContext } from "@/lib/services/context";
import { disableUsers, enableUsers } from "@/lib/services/users/manage/disable-users";
import { signOutUsers } from "@/lib/services/users/manage/sign-out-users";
import { type BulkFlash, setBulkFlash } from "../../_components/bulk-flash";

/** Disables, enables or signs out the users that were selected in the list. */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    requirePermission(context, "users:read");
    const [ids, action] = [[...form.getAll("id")], form.get("action")];
    if (action !== "disable" && action !== "enable" && action !== "signOut") {
      throw new InvalidRequestError("The form has an action that does not belong to it.");
    }
    if (ids.length > 0) await setBulkFlash(await perform(context, action, ids));
    const back = backToReferer(request.headers.get("referer"), request.headers.get("host"));
    return seeOther(back.startsWith(`${usersPath}?`) ? back : usersPath);
  },
  { repeated: ["id"] },
);

async function perform(context: ServiceContext, action: BulkFlash["action"], ids: string[]): Promise<BulkFlash> {
  const { changed, unchanged, refused } = await report(context, action, ids);
  const reasons: BulkFlash["refused"] = {};
  for (const { reason } of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { action, changed: changed.length, unchanged: unchanged.length, refused: reasons };
}

function report(context: ServiceContext, action: BulkFlash["action"], ids: string[]) {
  if (action === "signOut") return signOutUsers(context, { ids });
  return action === "enable" ? enableUsers(context, { ids }) : disableUsers(context, { ids, reason: "" });
}
