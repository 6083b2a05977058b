import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { setSecretFlash } from "@/lib/http/forms/secret-flash";
import { submitForm } from "@/lib/http/forms/submit-form";
import { applicationPath } from "@/lib/http/paths";
import { serviceContext } from "@/lib/http/service-context";
import { rollClientSecret } from "@/lib/services/applications/credentials/roll-client-secret";

interface Context {
  params: Promise<{ id: string; secretId: string }>;
}

export const POST = portalPost(async (form, request, { params }: Context) => {
  const { id, secretId } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const [overlapHours = "", expiresInDays = "", label = ""] = ["overlap_hours", "expires_in_days", "label"].map(
    (name) => form.get(name),
  );
  const page = `${applicationPath(id)}secrets/${secretId}/roll`;
  const values = { overlap_hours: overlapHours, expires_in_days: expiresInDays, label };
  return submitForm({ page, rejected: `${page}/?rejected=roll`, values }, async () => {
    const rolled = await rollClientSecret(context, {
      applicationId: id,
      secretId,
      overlapHours,
      expiresInDays: Number(expiresInDays),
      label,
    });
    await setSecretFlash({ applicationId: id, label: rolled.label, clientSecret: rolled.clientSecret });
    return applicationPath(id, "credentials/");
  });
});
