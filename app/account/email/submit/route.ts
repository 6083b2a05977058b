import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { serviceContext } from "@/lib/http/service-context";
import { changeEmail } from "@/lib/services/users/change-email";

export const POST = portalPost(async (form, request) => {
  const [email = "", currentPassword = ""] = [form.get("email"), form.get("current_password")];
  const page = "/account/email";
  return submitForm({ page, rejected: `${page}/?rejected=email`, values: { email } }, async () => {
    const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
    await changeEmail(context, { email, currentPassword });
    await clearFormFlash(page);
    await setAccountNotice("email-changed");
    return "/account/";
  });
});
