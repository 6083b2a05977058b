import { portalPost } from "@/lib/http/forms/portal-route";
import { redirectAfterSignOut } from "@/lib/http/pages/signed-out";
import { authorizePath, readAuthorizationRequestId } from "@/lib/http/request-ids";
import { signOut } from "@/lib/http/session/sign-out";
import { getLocale } from "@/lib/messages/request-locale";

/** Signs out. "Use another account" on the consent page leads here too, and continues with the same request. */
export const POST = portalPost(async (form, request) => {
  const authorizationRequest = readAuthorizationRequestId(form);
  const locale = await getLocale();
  const ended = await signOut(request.headers);
  return redirectAfterSignOut(ended, authorizationRequest ? authorizePath(authorizationRequest) : "/", locale);
});
