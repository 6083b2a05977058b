import { readSelection, toAskingPath, toListOf, toListPath } from "@/app/admin/_components/selection";
import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationsPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { disableApplications, enableApplications } from "@/lib/services/applications/manage/disable-applications";
import { setBulkFlash } from "../../_components/list/bulk-flash";
import { disabling } from "../../_components/list/disabling";

/**
 * Enables the applications that were selected in the list. To disable them, a page shows what that does, and sends them
 * again as `ids`.
 */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    const [selected, action] = [[...form.getAll("id")], form.get("action")];
    if (action !== "enable" && action !== "disable") {
      throw new InvalidRequestError("The form has an action that does not belong to it.");
    }
    const confirmed = form.get("ids");
    const list =
      confirmed === undefined
        ? toListOf(applicationsPath, request.headers)
        : toListPath(applicationsPath, form.get("list"));
    const ids = confirmed === undefined ? selected : readSelection(confirmed);
    if (ids.length === 0) return seeOther(list);
    if (action === "disable" && confirmed === undefined) return seeOther(toAskingPath(disabling, ids, list));
    const change = action === "enable" ? enableApplications : disableApplications;
    const { changed, unchanged, refused } = await change(context, { ids });
    const countOf = (reason: string) => refused.filter((one) => one.reason === reason).length;
    await setBulkFlash({
      action,
      changed: changed.length,
      unchanged: unchanged.length,
      refused: Object.fromEntries(refused.map(({ reason }) => [reason, countOf(reason)])),
    });
    return seeOther(list);
  },
  { repeated: ["id"] },
);
