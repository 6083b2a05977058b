import ipaddr from "ipaddr.js";
import type { Address } from "./networks";

/** RFC 6052 §2.1: how an IPv6-only network reaches IPv4 addresses. */
const nat64 = ipaddr.IPv6.parse("64:ff9b::");
/** RFC 4291 §2.4, IANA: the global unicast addresses allocated so far. Everything outside is special or unassigned. */
const globalUnicast = ipaddr.IPv6.parse("2000::");

/**
 * Whether an address belongs to the public internet: not this machine or a network around it, not a cloud's metadata
 * service, nothing special or reserved. An IPv4 address embedded in an IPv6 one is judged as itself; tunnels (6to4,
 * Teredo) are always refused.
 */
export function isPublicAddress(address: Address): boolean {
  if (isIPv4(address)) return address.range() === "unicast";
  if (address.match(nat64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12)).range() === "unicast";
  return address.range() === "unicast" && address.match(globalUnicast, 3);
}

function isIPv4(address: Address): address is ipaddr.IPv4 {
  return address.kind() === "ipv4";
}
