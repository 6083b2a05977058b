import "server-only";
import type { Socket } from "node:net";

/**
 * Closes a connection that doesn't answer, and forgets what was written and has not arrived (RFC 9293 §3.10.5). After
 * an ordinary close the kernel would go on sending it for minutes, and a statement would be carried out when the
 * network is back.
 * @param socket the one of the network, below TLS
 */
export function resetConnection(socket: Socket): void {
  // On a Unix socket nothing can be in transit, and nothing was sent before a connection is established.
  if (!socket.connecting && socket.remoteAddress !== undefined) socket.resetAndDestroy();
  // By itself that waits until everything is written.
  socket.destroy();
}
