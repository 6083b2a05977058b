import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { UnauthenticatedError } from "@/lib/services/errors";
import { revokeOtherSessions } from "@/lib/services/sessions/revoke-sessions";

export const POST = portalPost(async (_form, request) => {
  const session = await getCurrentSession();
  if (!session) throw new UnauthenticatedError();
  await revokeOtherSessions(serviceContext(session, request.headers), session.id);
  return seeOther("/account/#sessions");
});
