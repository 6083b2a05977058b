import { getCurrentSession } from "@/lib/auth/current-session";
import { setAccountNotice } from "@/lib/http/account-notice";
import { clearFormFlash, setFormFlash } from "@/lib/http/form-flash";
import { portalPost } from "@/lib/http/portal-route";
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
    if (!(error instanceof ValidationError)) throw error;
    await setFormFlash("/account/email", error, { email });
    return seeOther("/account/email/?rejected=email");
  }
  await clearFormFlash("/account/email");
  await setAccountNotice("email-changed");
  return seeOther("/account/");
});
