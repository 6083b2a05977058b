import { type Address, isInNetworks, parseAddress, parseNetworks } from "@/lib/network/networks";

/** Where a request came from: the peer of its connection, and what `X-Forwarded-For` says. */
export type FindClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string;

/**
 * Each proxy appends the address that it was spoken to from. So the header is read from its end, for as long as the one
 * who wrote the entry is a proxy of ours; what stands before that, anyone may have written. An entry that is no address
 * makes all of it worthless: then the client is the peer.
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
