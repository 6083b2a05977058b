import { getCurrentSession } from "@/lib/auth/current-session";
import { setNotice } from "@/lib/http/forms/notice";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeUserApplication } from "@/lib/services/users/manage/user-applications";

/** Revokes what one person allowed the application. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id: applicationId } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  await revokeUserApplication(context, { id: form.get("user_id") ?? "", applicationId });
  await setNotice(`/o/applications/${applicationId}/people`, "revoked");
  return seeOther(applicationPath(applicationId, "people/"));
});
