import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setTemporaryPasswordFlash } from "@/lib/http/forms/temporary-password-flash";
import { userPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { createUser } from "@/lib/services/users/manage/create-user";

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "name", "username", "email", "email_verified", "password"]);
  const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
  const [name = "", username = "", email = ""] = ["name", "username", "email"].map((field) => form.get(field));
  const [verified, password] = [form.get("email_verified") === "on", form.get("password")];
  const page = "/admin/users/create";
  const values = { name, username, email, ...(verified && { email_verified: "on" }) };
  return submitForm({ page, rejected: `${page}/?rejected`, again: `${page}/?rejected`, values }, async () => {
    const input = { name, username, email, emailVerified: verified, ...(password !== undefined && { password }) };
    const { id, temporaryPassword } = await createUser(context, input);
    if (temporaryPassword === null) await setNotice(`/admin/users/${id}`, "created");
    else await setTemporaryPasswordFlash(id, temporaryPassword);
    return userPath(id);
  });
});
