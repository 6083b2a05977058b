import { setNotice } from "@/lib/http/forms/notice";
import { submitForm } from "@/lib/http/forms/submit-form";
import { userPath } from "@/lib/http/paths";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import { getUser } from "@/lib/services/users/manage/get-user";
import { setUserNotes } from "@/lib/services/users/manage/set-user-notes";
import { updateUser } from "@/lib/services/users/manage/update-user";
import { type ProfileSection, profileSections, sectionNames } from "../_components/profile-sections";
import { type PostedUser, userPost } from "../_components/user-route";

/** Saves one section of the profile. */
export const POST = userPost((form, posted) => {
  const section = sectionNames.find((name) => name === form.get("section"));
  if (!section) throw new InvalidRequestError("The form has a section that does not belong to it.");
  const { id, page, context } = posted;
  const values = Object.fromEntries([...form.entries()].filter(([name]) => name !== "csrf" && name !== "section"));
  return submitForm({ page, rejected: `${page}/?rejected=${section}`, values }, async () => {
    if (section === "notes") await setUserNotes(context, { id, notes: form.get("notes") ?? "" });
    else await updateUser(context, { id, ...readFields(form, section), ...(await readAccount(form, section, posted)) });
    await setNotice(page, section);
    return `${userPath(id)}#${section}`;
  });
});

function readFields(form: Parameters, section: ProfileSection) {
  return Object.fromEntries(profileSections[section].map((field) => [field, form.get(toSnakeCase(field)) ?? ""]));
}

async function readAccount(form: Parameters, section: ProfileSection, { id, context }: PostedUser) {
  if (section !== "account") return {};
  const before = await getUser(context, { id });
  const [username = "", email = "", phone = ""] = ["username", "email", "phone_number"].map((name) => form.get(name));
  return {
    username,
    email,
    emailVerified: isMarked(form, "email_verified", before.emailVerified && email !== before.email),
    phoneNumberVerified: isMarked(
      form,
      "phone_number_verified",
      before.phoneNumberVerified && phone !== before.phoneNumber,
    ),
  };
}

/** The mark of the former address that is still there says nothing about the new one. */
function isMarked(form: Parameters, name: string, isOfFormer: boolean): boolean {
  return form.get(name) === "on" && !isOfFormer;
}
