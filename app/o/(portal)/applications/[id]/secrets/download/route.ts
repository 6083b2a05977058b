import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { readSecretFlash } from "@/lib/http/forms/secret-flash";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { toIssuer } from "@/lib/oauth/endpoints";
import { findSecretFileFormat, writeSecretFile } from "@/lib/quick-starts/secret-files";
import { getApplication } from "@/lib/services/applications/get-application";

/** The new secret as a file. It is only in this browser's cookie, so it is in no address and stored nowhere. */
export const POST = portalPost(async (form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const context = serviceContext(await getCurrentSession(), request.headers);
  const application = await getApplication(context, { id }, "applications:write");
  const secret = await readSecretFlash(id);
  const format = findSecretFileFormat(form.get("format"));
  if (!secret || !format) return seeOther(applicationPath(id, "credentials/"));
  const file = writeSecretFile(format, {
    applicationName: application.name,
    clientId: application.clientId,
    clientSecret: secret.clientSecret,
    issuer: toIssuer(context.settings.publicUrl),
  });
  return new Response(file.text, {
    headers: {
      "Content-Type": `${file.type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${file.name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
