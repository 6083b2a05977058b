import { isUrl } from "@/lib/oauth/wire/is-url";

/**
 * A path of this site to which a user may be sent after signing in; null for anything else: other hosts, schemes and
 * the tricks that browsers interpret as one (`//host`, `/\host`, tabs and line breaks).
 */
export function toLocalPath(value: string | null | undefined): string | null {
  if (!value || value.length > 2000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value)) return null;
  const base = "http://latchkey.invalid";
  if (!isUrl(value, base)) return null;
  const url = new URL(value, base);
  // Removing dot segments may leave two slashes at the beginning, which would name a host again.
  if (url.origin !== base || url.pathname.startsWith("//")) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
