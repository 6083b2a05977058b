import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { rollClientSecret } from "@/lib/services/applications/credentials/roll-client-secret";
import { ValidationError } from "@/lib/services/errors";

type Context = { params: Promise<{ id: string; secretId: string }> };

export const POST = portalPost(async (form, request, { params }: Context) => {
  const { id, secretId } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [overlapHours = "", expiresInDays = ""] = [form.get("overlap_hours"), form.get("expires_in_days")];
  const sentLabel = form.get("label") ?? "";
  try {
    const { label, clientSecret } = await rollClientSecret(context, id, secretId, {
      overlapHours,
      expiresInDays,
      label: sentLabel,
    });
    await setSecretFlash({ applicationId: id, label, clientSecret });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const page = `/o/applications/${id}/secrets/${secretId}/roll`;
    await setFormFlash(page, error, {
      overlap_hours: overlapHours,
      expires_in_days: expiresInDays,
      label: sentLabel,
    });
    return seeOther(`${page}/?rejected=roll`);
  }
  return seeOther(applicationPath(id));
});
