import ipaddr from "ipaddr.js";
import type { Address } from "./networks";

/** RFC 6052 §2.1: how an IPv6-only network reaches IPv4 addresses. */
const nat64 = ipaddr.IPv6.parse("64:ff9b::");
/** RFC 4291 §2.4, IANA: what is global unicast so far. Everything outside of it is special or not assigned. */
const globalUnicast = ipaddr.IPv6.parse("2000::");

/**
 * Whether an address is one of the public internet: neither this machine nor a network around it, no metadata service
 * of a cloud, nothing special or reserved. An IPv4 address inside of an IPv6 one counts as what it is; tunnels (6to4,
 * Teredo) are refused altogether.
 */
export function isPublicAddress(address: Address): boolean {
  if (isIPv4(address)) return address.range() === "unicast";
  if (address.match(nat64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12)).range() === "unicast";
  return address.range() === "unicast" && address.match(globalUnicast, 3);
}

function isIPv4(address: Address): address is ipaddr.IPv4 {
  return address.kind() === "ipv4";
}
