import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { usersPath } from "@/lib/http/paths";
import { problem } from "@/lib/messages/problem";
import { ValidationError } from "@/lib/services/errors";
import { deleteUser } from "@/lib/services/users/manage/delete-user";
import { getUser } from "@/lib/services/users/manage/get-user";
import { userPost } from "../../_components/user-route";

/** Deletes only after the username was typed. */
export const POST = userPost(async (form, { id, page: userPage, context }) => {
  const { username } = await getUser(context, { id });
  const [typed = "", newOwner] = [form.get("confirmed_name"), form.get("new_owner")];
  const page = `${userPage}/delete`;
  const values = { confirmed_name: typed, new_owner: newOwner ?? "" };
  return submitForm({ page, rejected: `${page}/?rejected`, values }, async () => {
    if (typed.trim() !== username) {
      throw new ValidationError({ confirmedName: [problem("consoleProblems.nameDiffers")] });
    }
    await deleteUser(context, { id, ...(newOwner !== undefined && { newOwner }) });
    await setNotice("/admin/users", "deleted");
    return usersPath;
  });
});
