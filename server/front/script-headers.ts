import type { IncomingMessage } from "node:http";
import { corsHeaders, exposedHeaders } from "@/lib/oauth/client/client-request";
import { isWebOrigin } from "@/lib/oauth/wire/address-host";

/** Endpoints that scripts of applications call, whose preflight allows their origins. */
const forApplications = /^\/o\/(?:token|revoke_token|par|device-authorization|userinfo)\/?$/;

/** What is public, and registration, for scripts of any site. */
const forAnyone =
  /^\/(?:o\/register|(?:o\/)?\.well-known\/(?:oauth-authorization-server|openid-configuration|oauth-protected-resource|jwks\.json))(?:\/|$)/;

const forEveryOrigin = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": exposedHeaders };

/**
 * The headers that let a script read a refusal of the front (Fetch §3.3): otherwise it would take a busy server for a
 * broken network, and never see `Retry-After`. Such a refusal says nothing of any client, and no origin is looked up
 * here.
 */
export function scriptHeaders({ url = "", headers: { origin } }: IncomingMessage): Readonly<Record<string, string>> {
  const [path = ""] = url.split("?");
  if (forAnyone.test(path)) return forEveryOrigin;
  return origin !== undefined && isWebOrigin(origin) && forApplications.test(path) ? corsHeaders(origin) : {};
}
