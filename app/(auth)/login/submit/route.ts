import { getBrowserId } from "@/lib/auth/browser";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { clientOrigin } from "@/lib/http/client-origin";
import { toLocalPath } from "@/lib/http/local-path";
import { setLoginFlash } from "@/lib/http/login-flash";
import { portalPost } from "@/lib/http/portal-route";
import { authorizePath, readAuthorizationRequestId } from "@/lib/http/request-ids";
import { seeOther } from "@/lib/http/responses";
import { recordAuthentication } from "@/lib/oauth/authorization-decision";
import { oauthServer } from "@/lib/oauth-server";

export const POST = portalPost(async (form, request) => {
  const authorizationRequest = readAuthorizationRequestId(form);
  const next = toLocalPath(form.get("next"));
  const identifier = form.get("identifier") ?? "";
  const origin = clientOrigin(request.headers);
  const signedIn = await signInWithPassword({ identifier, password: form.get("password") ?? "" }, origin);
  if (!signedIn) {
    const again = new URLSearchParams({ attempt: await setLoginFlash(identifier) });
    if (authorizationRequest) again.set("authorization_request", authorizationRequest);
    if (next) again.set("next", next);
    return seeOther(`/login?${again}`);
  }
  if (!authorizationRequest) return seeOther(next ?? "/");
  const browserId = await getBrowserId();
  await recordAuthentication(oauthServer(origin), authorizationRequest, browserId, signedIn.sessionId);
  return seeOther(authorizePath(authorizationRequest));
});
