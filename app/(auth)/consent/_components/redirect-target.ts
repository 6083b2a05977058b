import { isLoopbackHost } from "@/lib/oauth/wire/loopback";

/** Where an authorization response goes, in what a person can recognise. */
export type RedirectTarget =
  /** A server somewhere. */
  | { kind: "site"; host: string }
  /** A program that listens on this very device. */
  | { kind: "loopback"; host: string }
  /** An app that has claimed a scheme on this device (RFC 8252 §7.1). */
  | { kind: "app"; scheme: string };

/**
 * Reads a registered redirect URI. A host outside ASCII stays in its `xn--` form: look-alike letters can't pose as
 * another.
 */
export function describeRedirectTarget(redirectUri: string): RedirectTarget {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (protocol !== "http:" && protocol !== "https:") return { kind: "app", scheme: protocol };
  return { kind: isLoopbackHost(hostname) ? "loopback" : "site", host };
}
