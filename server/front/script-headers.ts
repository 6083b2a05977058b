import type { IncomingMessage } from "node:http";
import { corsHeaders, exposedHeaders } from "@/lib/oauth/client/client-request";
import { type Endpoint, listEndpoints, listPaths, toPattern } from "@/lib/oauth/endpoints";
import { isWebOrigin } from "@/lib/oauth/wire/address-host";

/** Endpoints that scripts of applications call, whose preflight allows their origins. */
const forApplications = toPattern(listScripted("registered"));

/** Public endpoints, and registration, for scripts of any site. */
const forAnyone = toPattern(listScripted("any"));

function listScripted(wanted: Endpoint["scripts"]): string[] {
  return listEndpoints()
    .filter(({ scripts }) => scripts === wanted)
    .flatMap(listPaths);
}

const forEveryOrigin = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": exposedHeaders };

/**
 * The headers that let a script read a refusal by the front (Fetch §3.3): otherwise it would mistake a busy server for
 * a broken network, and never see `Retry-After`. Such a refusal reveals nothing about any client, and no origin is
 * looked up here.
 */
export function scriptHeaders({ url = "", headers: { origin } }: IncomingMessage): Readonly<Record<string, string>> {
  const [path = ""] = url.split("?");
  if (forAnyone.test(path)) return forEveryOrigin;
  return origin !== undefined && isWebOrigin(origin) && forApplications.test(path) ? corsHeaders(origin) : {};
}
