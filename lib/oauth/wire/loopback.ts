/** The names that this very device answers to, as the URL parser writes them. Free of Node.js, for forms. */
export const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a parsed `hostname` is one that this very device answers to (RFC 8252 §7.3, §8.3). */
export function isLoopbackHost(hostname: string): boolean {
  return loopbackHosts.includes(hostname);
}
