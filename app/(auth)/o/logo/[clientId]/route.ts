import { logoResponse } from "@/lib/http/machine/client-logo";
import { protocolRoute } from "@/lib/http/machine/protocol-route";
import { serviceContext } from "@/lib/http/service-context";
import { defaultLocale, isOfferedLocale } from "@/lib/messages/locales";
import { findClientLogo } from "@/lib/services/applications/client-presentation";

interface Context {
  params: Promise<{ clientId: string }>;
}

/** The `logo_uri` of OpenID Connect Dynamic Client Registration §2, for the pages of this server. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { clientId } = await params;
  const asked = new URL(request.url).searchParams.get("locale");
  const locale = isOfferedLocale(asked) ? asked : defaultLocale;
  const context = serviceContext(null, request.headers);
  return protocolRoute(async () => logoResponse(await findClientLogo(context, clientId, locale)))(request);
}
