import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { submitForm } from "@/lib/http/forms/submit-form";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { addClientSecret } from "@/lib/services/applications/credentials/client-secrets";

export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [label = "", expiresInDays = "0"] = [form.get("label"), form.get("expires_in_days")];
  const page = `/o/applications/${id}`;
  const values = { label, expires_in_days: expiresInDays };
  return submitForm({ page, rejected: `${page}/credentials/?rejected=secret#secrets`, values }, async () => {
    const { label: given, clientSecret } = await addClientSecret(context, {
      applicationId: id,
      label,
      expiresInDays: Number(expiresInDays),
    });
    await setSecretFlash({ applicationId: id, label: given, clientSecret });
    return applicationPath(id, "credentials/");
  });
});
