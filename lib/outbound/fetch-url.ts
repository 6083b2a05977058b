import { isInNetworks, type Network, parseAddress, parseNetworks } from "@/lib/network/networks";
import { isPublicAddress } from "@/lib/network/public-address";
import { findHostProblem as findSpellingProblem } from "@/lib/oauth/wire/address-host";
import { isUrl } from "@/lib/oauth/wire/is-url";

const maximumLength = 2000;

/**
 * Names that lead to this machine or into a network around it, wherever they are resolved (RFC 6761, RFC 6762, RFC
 * 8375).
 */
const privateName = /^(?:[^.]+|.+\.(?:localhost|local|internal|home\.arpa))$/;

/**
 * Why the server would never fetch this URL, as a sentence for a form; null if nothing is known against it yet: the
 * addresses of its name are checked when it is fetched. `privateNetworks` are those of OUTBOUND_PRIVATE_NETWORKS.
 */
export function findFetchUrlProblem(url: string, privateNetworks: readonly string[]): string | null {
  if (url.length > maximumLength) return `The address may have at most ${maximumLength} characters.`;
  // What one parser strips or repairs, another may not: the URL must have only one reading.
  if (!/^[\x21-\x7e]+$/.test(url) || /["<>\\^`{|}]/.test(url)) {
    return "Spaces, control characters and letters outside ASCII must be percent-encoded.";
  }
  const parsed = /^https?:\/\//i.test(url) && isUrl(url) ? new URL(url) : null;
  if (!parsed) return "Enter a complete address that starts with https://.";
  if (/^https?:\/\/[^/?#]*@/i.test(url)) return "The address can't contain a user name or password (…@).";
  if (url.includes("#")) return "The address can't have a fragment (#…).";
  return findHostProblem(parsed, parseNetworks(privateNetworks)) ?? findSpellingProblem(parsed);
}

function findHostProblem({ protocol, hostname }: URL, privateNetworks: Network[]): string | null {
  const host = toHost(hostname);
  const address = parseAddress(host);
  const isAllowedPrivate = address ? isInNetworks(address, privateNetworks) : privateNetworks.length > 0;
  if (isAllowedPrivate) return null;
  if (protocol !== "https:") return "The address must start with https://.";
  if (address ? isPublicAddress(address) : !privateName.test(host)) return null;
  return "The address leads into a private network: the server only fetches from public addresses.";
}

/** The host of a parsed URL: without the brackets of an IPv6 address and the final dot of a complete name. */
export function toHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
