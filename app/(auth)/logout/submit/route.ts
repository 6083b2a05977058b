import { signOut } from "@/lib/auth/sign-in";
import { clientOrigin } from "@/lib/http/client-origin";
import { portalPost } from "@/lib/http/portal-route";
import { authorizePath, readAuthorizationRequestId } from "@/lib/http/request-ids";
import { seeOther } from "@/lib/http/responses";

/** Signs out; "not you?" on the consent page comes here too and goes on with the same request. */
export const POST = portalPost(async (form, request) => {
  const authorizationRequest = readAuthorizationRequestId(form);
  await signOut(clientOrigin(request.headers));
  return seeOther(authorizationRequest ? authorizePath(authorizationRequest) : "/");
});
