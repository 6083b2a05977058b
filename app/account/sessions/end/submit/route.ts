import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { endSession } from "@/lib/services/sessions/end-sessions";

export const POST = portalPost(async (form, request) => {
  await endSession(serviceContext(await getCurrentSession(), request.headers), form.get("session_id") ?? "");
  return seeOther("/account/#sessions");
});
