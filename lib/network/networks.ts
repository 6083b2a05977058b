import ipaddr from "ipaddr.js";
import { isUrl } from "@/lib/oauth/wire/is-url";

/** Free of Node.js, so that a form in the browser can check an address by the same rules as the server. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = [base: Address, prefixLength: number];

/**
 * Parses an address in any unambiguous spelling: an IPv4 address written as IPv6 is the IPv4 address, and a zone is
 * dropped. Null for anything else, including `010.0.0.1` and `0x7f.1`, which programs read differently.
 */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const [withoutZone = ""] = text.split("%");
  if (!/^[0-9A-Fa-f:.]+$/.test(withoutZone) || !isUrl(`http://[${withoutZone}]`)) return null;
  // First in hexadecimal: ipaddr.js takes the dotted ::192.0.2.1 for the mapped ::ffff:192.0.2.1.
  return ipaddr.process(new URL(`http://[${withoutZone}]`).hostname.slice(1, -1));
}

/** An address, or a network in CIDR notation with a complete address; null for anything else. */
export function parseNetwork(text: string): Network | null {
  const [base = "", prefix, ...rest] = text.split("/");
  const address = parseAddress(base);
  if (!address || rest.length > 0) return null;
  const bits = address.kind() === "ipv4" ? 32 : 128;
  if (prefix === undefined) return [address, bits];
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? [address, Number(prefix)] : null;
}

/** The networks of a list that `lib/env.ts` has validated. */
export function parseNetworks(networks: readonly string[]): Network[] {
  return networks.map(parseNetwork).filter((network) => network !== null);
}

export function isInNetworks(address: Address, networks: readonly Network[]): boolean {
  return networks.some(([base, prefixLength]) => base.kind() === address.kind() && address.match(base, prefixLength));
}
