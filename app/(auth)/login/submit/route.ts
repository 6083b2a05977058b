import { clearLoginFlash, keepLoginForm } from "@/lib/http/forms/login-flash";
import { keepProvedPassword } from "@/lib/http/forms/new-password-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { notNowResponse } from "@/lib/http/pages/not-now";
import { seeOther } from "@/lib/http/responses";
import { continueSignedIn } from "@/lib/http/session/after-sign-in";
import { signIn } from "@/lib/http/session/sign-in";
import { getTexts } from "@/lib/messages/request-locale";
import { NewPasswordRequiredError } from "@/lib/services/sessions/complete-sign-in";

export const POST = portalPost(async (form, request) => {
  const credentials = { identifier: form.get("identifier") ?? "", password: form.get("password") ?? "" };
  try {
    const signedIn = await signIn(credentials, request.headers, request.signal);
    if (!signedIn) return seeOther(await keepLoginForm(form, { failed: true }));
    await clearLoginFlash();
    return seeOther(await continueSignedIn(form, request.headers, signedIn.session.id));
  } catch (error) {
    if (error instanceof NewPasswordRequiredError) return seeOther(await keepProvedPassword(form, error.account));
    return notNowResponse(error, async () => ({
      href: await keepLoginForm(form, { failed: false }),
      label: (await getTexts("login"))("back"),
    }));
  }
});
