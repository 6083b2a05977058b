import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash, setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { notNowResponse } from "@/lib/http/pages/not-now";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { ValidationError } from "@/lib/services/errors";
import { changeEmail } from "@/lib/services/users/change-email";

export const POST = portalPost(async (form, request) => {
  const [email = "", currentPassword = ""] = [form.get("email"), form.get("current_password")];
  try {
    const context = { ...serviceContext(await getCurrentSession(), request.headers), signal: request.signal };
    await changeEmail(context, { email, currentPassword });
  } catch (error) {
    const path = "/account/email/?rejected=email";
    if (error instanceof ValidationError) {
      await setFormFlash("/account/email", error, { email });
      return seeOther(path);
    }
    return notNowResponse(error, async () => {
      await setFormFlash("/account/email", new ValidationError({}), { email });
      return { href: path, label: "Back to the form" };
    });
  }
  await clearFormFlash("/account/email");
  await setAccountNotice("email-changed");
  return seeOther("/account/");
});
