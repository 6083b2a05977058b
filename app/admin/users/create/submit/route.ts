import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setResetLinkFlash } from "@/lib/http/forms/reset-link-flash";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setTemporaryPasswordFlash } from "@/lib/http/forms/temporary-password-flash";
import { userPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { createUser } from "@/lib/services/users/manage/create-user";

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "name", "username", "email", "email_verified", "method", "password"]);
  const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
  const [name = "", username = "", email = ""] = ["name", "username", "email"].map((field) => form.get(field));
  const [verified, password] = [form.get("email_verified") === "on", form.get("password")];
  const page = "/admin/users/create";
  const method = form.get("method") ?? "password";
  const values = { name, username, email, method, ...(verified && { email_verified: "on" }) };
  return submitForm({ page, rejected: `${page}/?rejected`, again: `${page}/?rejected`, values }, async () => {
    const delivery = (["email", "copy"] as const).find((way) => way === method);
    const credential = delivery ? { delivery } : { ...(password !== undefined && { password }) };
    const created = await createUser(context, { name, username, email, emailVerified: verified, ...credential });
    const { id, temporaryPassword, link } = created;
    if (temporaryPassword !== null) await setTemporaryPasswordFlash(id, temporaryPassword);
    else if (link !== null) await setResetLinkFlash(id, link, "first-link");
    else await setNotice(`/admin/users/${id}`, delivery ? "link-sent" : "created");
    return userPath(id);
  });
});
