import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { setAccountNotice } from "@/lib/http/pages/account-notice";
import { serviceContext } from "@/lib/http/service-context";
import { keepSignedIn } from "@/lib/http/session/sign-in";
import { UnauthenticatedError } from "@/lib/services/errors";
import { changePassword } from "@/lib/services/users/change-password";

export const POST = portalPost(async (sent, request) => {
  const session = await getCurrentSession();
  if (!session) throw new UnauthenticatedError();
  const [currentPassword = "", newPassword = ""] = [sent.get("current_password"), sent.get("new_password")];
  const form = {
    page: "/account",
    // Without a fragment, which would keep the browser from focusing the field with the error.
    rejected: "/account/?rejected=password",
    again: "/account/#password",
    values: {},
  };
  return submitForm(form, async () => {
    const context = { ...serviceContext(session, request.headers), signal: request.signal };
    const browser = { browserId: await getBrowserId() };
    const signedIn = await changePassword(context, { currentPassword, newPassword }, browser);
    await clearFormFlash(form.page);
    await keepSignedIn(signedIn);
    await setAccountNotice("password-changed");
    return form.again;
  });
});
