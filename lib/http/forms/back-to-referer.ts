import { isUrl } from "@/lib/oauth/wire/is-url";
import { toLocalPath } from "./local-path";

/**
 * The path and query to return to after a form without its own target: those of `referer` if it names this `host`, else
 * `/`.
 */
export function backToReferer(referer: string | null, host: string | null): string {
  if (!referer || !host || !isUrl(referer)) return "/";
  const url = new URL(referer);
  if (url.host !== host.toLowerCase()) return "/";
  // Browsers interpret the path of `https://here//elsewhere.example` as another host.
  return toLocalPath(`${url.pathname}${url.search}`) ?? "/";
}

/** The same for a request: the page that its form was on. */
export function backFrom(headers: Headers): string {
  return backToReferer(headers.get("referer"), headers.get("host"));
}
