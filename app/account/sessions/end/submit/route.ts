import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeSession } from "@/lib/services/sessions/revoke-sessions";

export const POST = portalPost(async (form, request) => {
  await revokeSession(serviceContext(await getCurrentSession(), request.headers), {
    sessionId: form.get("session_id") ?? "",
  });
  return seeOther("/account/#sessions");
});
