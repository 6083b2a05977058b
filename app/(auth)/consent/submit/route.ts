import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import { clientOrigin } from "@/lib/http/client-origin";
import { portalPost } from "@/lib/http/forms/portal-route";
import { toOAuthSession } from "@/lib/http/pages/oauth-session";
import { authorizePath, readAuthorizationRequestId } from "@/lib/http/request-ids";
import { seeOther } from "@/lib/http/responses";
import { decideAuthorization } from "@/lib/oauth/authorize/authorization-decision";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";

const decisions = new Map([
  ["allow", "approved"],
  ["deny", "denied"],
] as const);

export const POST = portalPost(async (form, request) => {
  form.refuseOthersThan(["csrf", "authorization_request", "decision"]);
  const requestId = readAuthorizationRequestId(form);
  const decision = decisions.get(form.get("decision") as "allow" | "deny");
  if (!requestId || !decision) throw new InvalidRequestError("The form is incomplete.");
  const session = await getCurrentSession();
  if (session) {
    await decideAuthorization(oauthServer({ ...clientOrigin(request.headers), actorId: session.user.id }), {
      requestId,
      browserId: await getBrowserId(),
      session: toOAuthSession(session),
      decision,
    });
  }
  // A user who has been signed out meanwhile is sent to sign in from there.
  return seeOther(authorizePath(requestId));
});
