import { send } from "./http";
import { parseJson } from "./token-client";

/** RFC 8414 §3.1, for an issuer with a path. */
export const metadataPath = "/.well-known/oauth-authorization-server/o";

/** What the server advertises. */
export const metadata = parseJson((await send("GET", metadataPath)).text);

export function readList(name: string): string[] {
  const value = metadata[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list.`);
  return value;
}

export function pathOf(endpoint: string): string {
  return new URL(String(metadata[endpoint])).pathname;
}
