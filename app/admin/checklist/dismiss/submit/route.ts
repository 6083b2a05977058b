import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { dismissChecklist } from "@/lib/services/home/checklist";

export const POST = portalPost(async (_form, request) => {
  await dismissChecklist(serviceContext(await getCurrentSession(), request.headers));
  return seeOther("/admin/");
});
