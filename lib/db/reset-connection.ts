import "server-only";
import type { Socket } from "node:net";

/**
 * Closes a connection that doesn't answer, and discards what was written and hasn't arrived (RFC 9293 §3.10.5). After
 * an ordinary close the kernel would keep sending it for minutes, and a statement would be executed when the network is
 * back.
 * @param socket the one of the network, below TLS
 */
export function resetConnection(socket: Socket): void {
  // On a Unix socket nothing can be in transit, and nothing was sent before a connection is established.
  if (!socket.connecting && socket.remoteAddress !== undefined) socket.resetAndDestroy();
  // By default that waits until everything is written.
  socket.destroy();
}
