import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash, setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { notNowResponse } from "@/lib/http/pages/not-now";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { keepSignedIn } from "@/lib/http/session/sign-in";
import { UnauthenticatedError, ValidationError } from "@/lib/services/errors";
import type { SignedIn } from "@/lib/services/sessions/complete-sign-in";
import { changePassword } from "@/lib/services/users/change-password";

export const POST = portalPost(async (form, request) => {
  const session = await getCurrentSession();
  if (!session) throw new UnauthenticatedError();
  const [currentPassword = "", newPassword = ""] = [form.get("current_password"), form.get("new_password")];
  let signedIn: SignedIn;
  try {
    const context = { ...serviceContext(session, request.headers), signal: request.signal };
    const browser = { browserId: await getBrowserId() };
    signedIn = await changePassword(context, { currentPassword, newPassword }, browser);
  } catch (error) {
    if (!(error instanceof ValidationError)) {
      return notNowResponse(error, async () => ({ href: "/account/#password", label: "Back to the form" }));
    }
    await setFormFlash("/account", error, {});
    // Without a fragment: it would keep the browser from putting the focus into the field that is wrong.
    return seeOther("/account/?rejected=password");
  }
  await clearFormFlash("/account");
  await keepSignedIn(signedIn);
  await setAccountNotice("password-changed");
  return seeOther("/account/#password");
});
