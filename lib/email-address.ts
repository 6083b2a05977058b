import { isUrl } from "@/lib/oauth/wire/is-url";

/** RFC 5321 §4.5.3.1, in octets. */
const maximumLocalOctets = 64;
export const maximumEmailOctets = 254;

/** RFC 5322 §3.2.3 `atext`, plus everything visible that RFC 6531 §3.3 adds. */
const atom = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|(?![\\p{ASCII}\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}])[^])";
const localPart = new RegExp(`^${atom}+(?:\\.${atom}+)*$`, "u");

/** RFC 5890 §2.3.2.1: labels of letters, digits and hyphens; the last one is not a number. */
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An email address as people write it (RFC 5321 §2.3.11, RFC 6531), in any script; without quotes, comments and address
 * literals.
 */
export function isEmailAddress(value: string): boolean {
  const { local, domain } = split(value);
  if (!localPart.test(local) || countOctets(local) > maximumLocalOctets) return false;
  return countOctets(value) <= maximumEmailOctets && asciiDomain.test(toAsciiDomain(domain));
}

/** The same form for an address whether its domain is written in its own script or in ASCII (RFC 5890 §2.3.2.1). */
export function withAsciiDomain(value: string): string {
  const { local, domain } = split(value);
  const ascii = toAsciiDomain(domain);
  return asciiDomain.test(ascii) ? `${local}@${ascii}` : value;
}

function split(value: string): { local: string; domain: string } {
  const at = value.lastIndexOf("@");
  return at < 0 ? { local: "", domain: "" } : { local: value.slice(0, at), domain: value.slice(at + 1) };
}

/** Empty if it isn't a domain. Only text that can't mean anything else in a URL is parsed as its host. */
function toAsciiDomain(domain: string): string {
  const lower = domain.toLowerCase();
  if (/^\p{ASCII}*$/u.test(lower)) return lower;
  if (!/^[\p{L}\p{M}\p{N}.\-\u3002]+$/u.test(lower) || !isUrl(`http://${lower}`)) return "";
  return new URL(`http://${lower}`).hostname;
}

function countOctets(text: string): number {
  return new TextEncoder().encode(text).length;
}
