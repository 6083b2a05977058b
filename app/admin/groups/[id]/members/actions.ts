"use server";

import { type FormState, readText, runFormAction } from "@/lib/http/forms/form-action";
import { formPlaces } from "@/lib/http/forms/form-places";
import { setNotice } from "@/lib/http/forms/notice";
import { addGroupMembers } from "@/lib/services/groups/change-members";

/** Adds the typed or pasted users to the group `id`. */
export async function submitMembers(id: string, _state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, formPlaces.members(id), async (context) => {
    // No username and no address has one of these in it.
    const users = readText(form, "users").split(/[\s,;]+/);
    const { added } = await addGroupMembers(context, { id, users });
    const page = `/admin/groups/${id}/members`;
    await setNotice(page, added > 0 ? "added" : "nobodyAdded");
    return `${page}/`;
  });
}
