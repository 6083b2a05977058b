import { isLoopbackHost } from "@/lib/oauth/wire/loopback";

/** Where an authorization response goes, in terms that users recognize. */
export type RedirectTarget =
  /** A server on the web. */
  | { kind: "site"; host: string }
  /** A program that listens on this device. */
  | { kind: "loopback"; host: string }
  /** An app that has claimed a scheme on this device (RFC 8252 §7.1). */
  | { kind: "app"; scheme: string };

/**
 * Reads a registered redirect URI. A host outside ASCII stays in its `xn--` form, so that look-alike letters can't
 * imitate another.
 */
export function describeRedirectTarget(redirectUri: string): RedirectTarget {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (protocol !== "http:" && protocol !== "https:") return { kind: "app", scheme: protocol };
  return { kind: isLoopbackHost(hostname) ? "loopback" : "site", host };
}
