import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clearFormFlash } from "@/lib/http/forms/form-flash";
import { clearLoginFlash } from "@/lib/http/forms/login-flash";
import { clearProvedPassword, readProvedPassword, toNewPasswordPath } from "@/lib/http/forms/new-password-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { submitForm } from "@/lib/http/forms/submit-form";
import { serviceContext } from "@/lib/http/service-context";
import { continueSignedIn } from "@/lib/http/session/after-sign-in";
import { keepSignedIn } from "@/lib/http/session/sign-in";
import { chooseNewPassword } from "@/lib/services/sessions/choose-new-password";

const page = "/login/new-password";

export const POST = portalPost(async (form, request) => {
  const again = await toNewPasswordPath(form);
  const rejected = `${again}${again.includes("?") ? "&" : "?"}rejected=password`;
  return submitForm({ page, rejected, again, values: {} }, async () => {
    const account = await readProvedPassword();
    const signedIn =
      account &&
      (await chooseNewPassword(
        { ...serviceContext(null, request.headers), signal: request.signal },
        { newPassword: form.get("new_password") ?? "" },
        { account, browserId: await getBrowserId(), findPreviousSession: getCurrentSession },
      ));
    await clearFormFlash(page);
    if (signedIn) {
      await keepSignedIn(signedIn);
      await clearLoginFlash();
    }
    await clearProvedPassword();
    return signedIn ? continueSignedIn(form, request.headers, signedIn.session.id) : toNewPasswordPath(form, "/login");
  });
});
