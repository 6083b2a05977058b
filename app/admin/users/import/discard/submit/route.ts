import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { discardUserFile } from "@/lib/services/users/transfer/pending-import";

/** Forgets the file that was checked, for another one. */
export const POST = portalPost(async (_form, request) => {
  await discardUserFile(serviceContext(await getCurrentSession(), request.headers));
  return seeOther("/admin/users/import/");
});
