import ipaddr from "ipaddr.js";
import { isUrl } from "@/lib/oauth/wire/is-url";

/** Free of Node.js, so that a form in the browser can judge an address by the same rules as the server. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = [base: Address, prefixLength: number];

/**
 * Reads an address in any spelling that names exactly one: an IPv4 address written as IPv6 is the IPv4 address, a zone
 * is dropped. Null for anything else, `010.0.0.1` and `0x7f.1` included, which every program reads in its own way.
 */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const [withoutZone = ""] = text.split("%");
  if (!/^[0-9A-Fa-f:.]+$/.test(withoutZone) || !isUrl(`http://[${withoutZone}]`)) return null;
  // In hexadecimal first: ipaddr.js takes the dotted ::192.0.2.1 for the mapped ::ffff:192.0.2.1.
  return ipaddr.process(new URL(`http://[${withoutZone}]`).hostname.slice(1, -1));
}

/** An address, or a network in CIDR notation with the address whole; null for anything else. */
export function parseNetwork(text: string): Network | null {
  const [base = "", prefix, ...rest] = text.split("/");
  const address = parseAddress(base);
  if (!address || rest.length > 0) return null;
  const bits = address.kind() === "ipv4" ? 32 : 128;
  if (prefix === undefined) return [address, bits];
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? [address, Number(prefix)] : null;
}

/** Those of a list, which `lib/env.ts` has checked. */
export function parseNetworks(networks: readonly string[]): Network[] {
  return networks.map(parseNetwork).filter((network) => network !== null);
}

export function isInNetworks(address: Address, networks: readonly Network[]): boolean {
  return networks.some(([base, prefixLength]) => base.kind() === address.kind() && address.match(base, prefixLength));
}
