/** From where a request came: the address of the socket, or what a trusted proxy says (`server/trusted-proxies.ts`). */
export function clientOrigin(headers: Headers): { ipAddress: string | null; userAgent: string | null } {
  return { ipAddress: headers.get("x-latchkey-remote-address"), userAgent: headers.get("user-agent") };
}
