import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeOtherSessions } from "@/lib/services/sessions/revoke-sessions";

export const POST = portalPost(async (_form, request) => {
  await revokeOtherSessions(serviceContext(await getCurrentSession(), request.headers));
  return seeOther("/account/#sessions");
});
