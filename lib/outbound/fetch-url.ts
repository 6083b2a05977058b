import { isInNetworks, type Network, parseAddress, parseNetworks } from "@/lib/network/networks";
import { isPublicAddress } from "@/lib/network/public-address";
import { findHostProblem as findSpellingProblem, type HostProblem } from "@/lib/oauth/wire/address-host";
import type { Finding } from "@/lib/oauth/wire/finding";
import { isUrl } from "@/lib/oauth/wire/is-url";

const maximumLength = 2000;

/**
 * Names that lead to this machine or into a network around it, wherever they are resolved (RFC 6761, RFC 6762, RFC
 * 8375).
 */
const privateName = /^(?:[^.]+|.+\.(?:localhost|local|internal|home\.arpa))$/;

export type FetchUrlProblem =
  | HostProblem
  | Finding<"long" | "encode" | "incomplete" | "user" | "fragment" | "https" | "privateNetwork">;

/**
 * Why the server would never fetch this URL; null if nothing is known against it yet: the addresses of its name are
 * checked when it is fetched. `privateNetworks` are those of OUTBOUND_PRIVATE_NETWORKS.
 */
export function findFetchUrlProblem(url: string, privateNetworks: readonly string[]): FetchUrlProblem | null {
  if (url.length > maximumLength) return { code: "long", values: { maximum: maximumLength } };
  // What one parser strips or repairs, another may not: the URL must have only one reading.
  if (!/^[\x21-\x7e]+$/.test(url) || /["<>\\^`{|}]/.test(url)) return { code: "encode" };
  const parsed = /^https?:\/\//i.test(url) && isUrl(url) ? new URL(url) : null;
  if (!parsed) return { code: "incomplete" };
  if (/^https?:\/\/[^/?#]*@/i.test(url)) return { code: "user" };
  if (url.includes("#")) return { code: "fragment" };
  return findHostProblem(parsed, parseNetworks(privateNetworks)) ?? findSpellingProblem(parsed);
}

function findHostProblem(
  { protocol, hostname }: URL,
  privateNetworks: Network[],
): Finding<"https" | "privateNetwork"> | null {
  const host = toHost(hostname);
  const address = parseAddress(host);
  const isAllowedPrivate = address ? isInNetworks(address, privateNetworks) : privateNetworks.length > 0;
  if (isAllowedPrivate) return null;
  if (protocol !== "https:") return { code: "https" };
  if (address ? isPublicAddress(address) : !privateName.test(host)) return null;
  return { code: "privateNetwork" };
}

/** The host of a parsed URL: without the brackets of an IPv6 address and the final dot of a complete name. */
export function toHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
