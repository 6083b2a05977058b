import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { usersPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { requirePermission, type ServiceContext } from "@/lib/services/context";
import { disableUsers, enableUsers } from "@/lib/services/users/manage/disable-users";
import { signOutUsers } from "@/lib/services/users/manage/sign-out-users";
import { readSelection, toAskingPath, toListOf, toListPath } from "../../../_components/selection";
import { type BulkFlash, setBulkFlash } from "../../_components/bulk-flash";
import { disabling } from "../../_components/disabling";

/** Enables or signs out the users that were selected in the list; to disable them, a page asks why first. */
export const POST = portalPost(
  async (form, request) => {
    const context = serviceContext(await getCurrentSession(), request.headers);
    requirePermission(context, "users:read");
    const [ids, action] = [[...form.getAll("id")], form.get("action")];
    if (action === "disable") return askOrDisable(context, form, { ids, list: toListOf(usersPath, request.headers) });
    if (action !== "enable" && action !== "signOut") {
      throw new InvalidRequestError("The form has an action that does not belong to it.");
    }
    if (ids.length > 0) await setBulkFlash(await perform(context, action, { ids }));
    return seeOther(toListOf(usersPath, request.headers));
  },
  { repeated: ["id"] },
);

async function askOrDisable(context: ServiceContext, form: Parameters, asked: { ids: string[]; list: string }) {
  requirePermission(context, "users:write");
  const reason = form.get("reason");
  if (reason === undefined)
    return seeOther(asked.ids.length > 0 ? toAskingPath(disabling, asked.ids, asked.list) : asked.list);
  const [ids, list] = [readSelection(form.get("ids")), toListPath(usersPath, form.get("list"))];
  const page = toAskingPath(disabling, ids, list);
  return submitForm(
    { page: disabling.page, rejected: `${page}&rejected`, again: page, values: { reason } },
    async () => {
      await setBulkFlash(await perform(context, "disable", { ids, reason }));
      return list;
    },
  );
}

interface Selected {
  ids: string[];
  reason?: string;
}

async function perform(context: ServiceContext, action: BulkFlash["action"], selected: Selected): Promise<BulkFlash> {
  const { changed, unchanged, refused } = await report(context, action, selected);
  const reasons: BulkFlash["refused"] = {};
  for (const { reason } of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { action, changed: changed.length, unchanged: unchanged.length, refused: reasons };
}

function report(context: ServiceContext, action: BulkFlash["action"], { ids, reason = "" }: Selected) {
  if (action === "signOut") return signOutUsers(context, { ids });
  return action === "enable" ? enableUsers(context, { ids }) : disableUsers(context, { ids, reason });
}
