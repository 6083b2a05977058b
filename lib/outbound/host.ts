import type { Source } from "@/lib/limits/quota";
import { isUrl } from "@/lib/oauth/wire/is-url";

/** The host that was called: log lines about it are limited like those a network causes. */
export function toHost(uri: string): Source {
  return { network: isUrl(uri) ? new URL(uri).host : "unknown" };
}
