import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { userPath } from "@/lib/http/paths";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { ServiceContext } from "@/lib/services/context";
import { ValidationError } from "@/lib/services/errors";
import { addGroupMembers, removeGroupMembers } from "@/lib/services/groups/change-members";
import { listGroups } from "@/lib/services/groups/list-groups";
import { getUser } from "@/lib/services/users/manage/get-user";
import { userPost } from "../../_components/user-route";

/** Puts the user into a group, or takes them out of one. */
export const POST = userPost(async (form, { id, page, context }) => {
  const group = form.get("group") ?? "";
  const adds = form.get("action") !== "remove";
  const path = userPath(id, "groups/");
  return submitForm({ page, rejected: `${path}?rejected`, again: path, values: { group } }, async () => {
    if (adds) {
      const { username } = await getUser(context, { id });
      await addGroupMembers(context, { id: await findGroup(context, group), users: [username] });
    } else {
      await removeGroupMembers(context, { id: group, userIds: [id] });
    }
    await setNotice(page, adds ? "added" : "removed");
    return path;
  });
});

/** A group that was chosen is sent by its ID, one that was typed by its name. */
async function findGroup(context: ServiceContext, sent: string): Promise<string> {
  if (isUuid(sent)) return sent;
  const typed = sent.trim().toLowerCase();
  const { groups } = await listGroups(context, { q: typed });
  const found = groups.find(({ name }) => name.toLowerCase() === typed);
  if (!found || typed === "") throw new ValidationError({ group: [problem("consoleProblems.groups.unknown")] });
  return found.id;
}
