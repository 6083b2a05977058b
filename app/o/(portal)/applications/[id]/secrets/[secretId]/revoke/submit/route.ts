import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { applicationPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeClientSecret } from "@/lib/services/applications/credentials/client-secrets";

interface Context {
  params: Promise<{ id: string; secretId: string }>;
}

export const POST = portalPost(async (_form, request, { params }: Context) => {
  const { id, secretId } = await params;
  await revokeClientSecret(serviceContext(await getCurrentSession(), request.headers), { applicationId: id, secretId });
  return seeOther(applicationPath(id, "credentials/"));
});
