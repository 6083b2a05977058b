import type { Source } from "@/lib/limits/quota";
import { toRateLimitNetwork } from "@/lib/network/source-network";

/**
 * Where a request came from: the address of the socket, or what a trusted proxy says
 * (`server/front/trusted-proxies.ts`).
 */
export function clientOrigin(headers: Headers): { ipAddress: string | null; userAgent: string | null } {
  return { ipAddress: headers.get("x-latchkey-remote-address"), userAgent: headers.get("user-agent") };
}

/** The network for which a request counts wherever a single source is limited. */
export function clientSource(headers: Headers): Source & { network: string } {
  return { network: toRateLimitNetwork(clientOrigin(headers).ipAddress) };
}
