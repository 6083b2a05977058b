import { type Address, isInNetworks, parseAddress, parseNetworks } from "@/lib/network/networks";

/** Where a request came from: the peer of its connection, and the `X-Forwarded-For` header. */
export type FindClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string;

/**
 * Each proxy appends the address that connected to it. So the header is read from its end, for as long as the entry was
 * written by one of our proxies; anyone may have written what comes before. An entry that isn't an address invalidates
 * the whole header: then the client is the peer.
 */
export function createClientAddressFinder(trustedProxies: readonly string[]): FindClientAddress {
  const proxies = parseNetworks(trustedProxies);
  return (peer = "", forwardedFor = "") => {
    const peerAddress = parseAddress(peer);
    if (!peerAddress) return peer;
    const hops = forwardedFor === "" ? [] : forwardedFor.split(",");
    let client = peerAddress;
    while (isInNetworks(client, proxies)) {
      const hop = hops.pop();
      if (hop === undefined) break;
      const address = parseHop(hop.trim());
      if (!address) return peerAddress.toString();
      client = address;
    }
    return client.toString();
  };
}

/** Some proxies add the port. */
function parseHop(hop: string): Address | null {
  const withPort = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(hop);
  return parseAddress(withPort?.[1] ?? withPort?.[2] ?? hop);
}
