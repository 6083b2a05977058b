import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeAuthorization } from "@/lib/services/authorizations/revoke-authorization";

export const POST = portalPost(async (_form, request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  await revokeAuthorization(serviceContext(await getCurrentSession(), request.headers), { applicationId: id });
  return seeOther("/o/authorized_tokens/");
});
