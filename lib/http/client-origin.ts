/** From where a request came: the address that `server/main.ts` took from the socket, never one that the client claims. */
export function clientOrigin(headers: Headers): { ipAddress: string | null; userAgent: string | null } {
  return { ipAddress: headers.get("x-latchkey-remote-address"), userAgent: headers.get("user-agent") };
}
