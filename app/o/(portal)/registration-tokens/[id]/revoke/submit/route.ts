import { getCurrentSession } from "@/lib/auth/current-session";
import { portalPost } from "@/lib/http/forms/portal-route";
import { registrationTokensPath } from "@/lib/http/paths";
import { seeOther } from "@/lib/http/responses";
import { serviceContext } from "@/lib/http/service-context";
import { revokeInitialAccessToken } from "@/lib/services/registrations/revoke-initial-access-tokens";

export const POST = portalPost(async (_form, request, { params }: { params: Promise<{ id: string }> }) => {
  await revokeInitialAccessToken(serviceContext(await getCurrentSession(), request.headers), { id: (await params).id });
  return seeOther(registrationTokensPath);
});
