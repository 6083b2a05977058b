import type { Server } from "node:http";
import type { Socket } from "node:net";
import { isInNetworks, parseAddress, parseNetworks } from "@/lib/network/networks";
import { toRateLimitNetwork } from "@/lib/network/source-network";

export interface ConnectionLimits {
  total: number;
  perNetwork: number;
}

/**
 * Limits the connections of a server, in total and from one network; for a trusted proxy, which forwards for many
 * clients, only the first limit applies. `refuse` answers on a connection beyond them.
 */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  trustedProxies: readonly string[],
  refuse: (socket: Socket) => void,
): void {
  const proxies = parseNetworks(trustedProxies);
  const open = new Map<string, number>();
  let total = 0;
  server.on("connection", (socket) => {
    const address = parseAddress(socket.remoteAddress ?? "");
    const isProxy = address !== null && isInNetworks(address, proxies);
    const network = isProxy ? null : toRateLimitNetwork(socket.remoteAddress ?? null);
    const ofNetwork = network === null ? 0 : (open.get(network) ?? 0);
    total += 1;
    if (network !== null) open.set(network, ofNetwork + 1);
    socket.once("close", () => {
      total -= 1;
      if (network === null) return;
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
    if (total > limits.total || ofNetwork + 1 > limits.perNetwork) refuse(socket);
  });
}
