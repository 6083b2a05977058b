import { getBrowserId } from "@/lib/auth/browser";
import { clientOrigin } from "@/lib/http/client-origin";
import { toLocalPath } from "@/lib/http/forms/local-path";
import { clearLoginFlash, keepLoginForm } from "@/lib/http/forms/login-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { notNowResponse } from "@/lib/http/pages/not-now";
import { authorizePath, readAuthorizationRequestId } from "@/lib/http/request-ids";
import { seeOther } from "@/lib/http/responses";
import { signIn } from "@/lib/http/session/sign-in";
import { getTexts } from "@/lib/messages/request-locale";
import { recordAuthentication } from "@/lib/oauth/authorize/authorization-decision";
import { oauthServer } from "@/lib/oauth-server";

export const POST = portalPost(async (form, request) => {
  const authorizationRequest = readAuthorizationRequestId(form);
  const identifier = form.get("identifier") ?? "";
  const credentials = { identifier, password: form.get("password") ?? "" };
  try {
    const signedIn = await signIn(credentials, request.headers, request.signal);
    if (!signedIn) return seeOther(await keepLoginForm(form, { failed: true }));
    await clearLoginFlash();
    if (!authorizationRequest) return seeOther(toLocalPath(form.get("next")) ?? "/");
    const browserId = await getBrowserId();
    await recordAuthentication(
      oauthServer(clientOrigin(request.headers)),
      authorizationRequest,
      browserId,
      signedIn.session.id,
    );
    return seeOther(authorizePath(authorizationRequest));
  } catch (error) {
    return notNowResponse(error, async () => ({
      href: await keepLoginForm(form, { failed: false }),
      label: (await getTexts("login"))("back"),
    }));
  }
});
