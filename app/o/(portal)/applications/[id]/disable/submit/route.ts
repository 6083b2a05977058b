import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { setApplicationDisabled } from "@/lib/services/applications/set-application-disabled";

/** `disabled=true` disables, anything else enables again. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  await setApplicationDisabled(context, { id, disabled: form.get("disabled") === "true" });
  return seeOther(applicationPath(id, "settings/"));
});
