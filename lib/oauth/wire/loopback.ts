/** The names of the device itself, as the URL parser writes them. Free of Node.js, for forms. */
export const loopbackHosts: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a parsed `hostname` is the device itself (RFC 8252 §7.3, §8.3). */
export function isLoopbackHost(hostname: string): boolean {
  return loopbackHosts.includes(hostname);
}
