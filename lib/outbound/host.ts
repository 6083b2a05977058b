import type { Source } from "@/lib/limits/quota";
import { isUrl } from "@/lib/oauth/wire/is-url";

/** The host that was called: what is logged of it is bounded as what a network causes is. */
export function toHost(uri: string): Source {
  return { network: isUrl(uri) ? new URL(uri).host : "unknown" };
}
