import "server-only";
import type { HashRequester } from "@/lib/auth/password";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import type { ServiceContext } from "../context";

/** Identifies the source of a hash in this context, for the queue in which networks take turns. */
export function toHashRequester({ ipAddress = null, signal }: ServiceContext): HashRequester {
  return { network: toRateLimitNetwork(ipAddress), signal };
}
