import { isIPv6 } from "node:net";

/**
 * What counts as one source: an IPv4 address, or the /64 of an IPv6 address, which belongs to one subscriber. All
 * spellings of an address give the same source, and so do all requests with an unknown address.
 */
export function toRateLimitNetwork(ipAddress: string | null): string {
  return ipAddress === null ? "unknown" : toNetwork(ipAddress);
}

function toNetwork(address: string): string {
  const plain = address.split("%")[0] ?? "";
  if (!isIPv6(plain)) return plain;
  const groups = expand(plain);
  const isMappedIPv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMappedIPv4) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The eight groups of an IPv6 address. The URL parser reads every spelling and writes one. */
function expand(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const parse = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [parse(head), parse(tail ?? "")];
  return tail === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
