import { getCurrentSession } from "@/lib/auth/current-session";
import { setFormFlash } from "@/lib/http/forms/form-flash";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { addClientSecret } from "@/lib/services/applications/credentials/client-secrets";
import { ValidationError } from "@/lib/services/errors";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [label = "", expiresInDays = "0"] = [form.get("label"), form.get("expires_in_days")];
  try {
    const { clientSecret } = await addClientSecret(context, id, { label, expiresInDays });
    await setSecretFlash({ applicationId: id, label: label.trim() || "Client secret", clientSecret });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    await setFormFlash(`/o/applications/${id}`, error, { label, expires_in_days: expiresInDays });
    return seeOther(`${applicationPath(id)}?rejected=secret#secrets`);
  }
  return seeOther(applicationPath(id));
});
