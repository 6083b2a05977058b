import { isWebOrigin } from "@/lib/oauth/wire/address-host";

/** The request header in which `proxy.ts` passes the nonce of the response to a route handler. */
export const nonceHeader = "x-latchkey-nonce";

/**
 * The headers of every page. A page of ours is never framed (RFC 9700 §4.16), loads nothing from elsewhere (§4.2.4) and
 * runs only scripts with this response's nonce.
 */
export function securityHeaders(options: {
  nonce: string;
  /** Where a form's redirects may end. Null lifts the limit, because after consent they end at the application. */
  formAction: "'self'" | null;
  https: boolean;
  development: boolean;
  /** Origins whose pages it shows in frames; invalid ones are omitted. */
  frameSources?: readonly string[];
}): Record<string, string> {
  const { nonce, formAction, https, development } = options;
  const frameSources = (options.frameSources ?? []).filter(isWebOrigin);
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    `frame-src ${frameSources.length > 0 ? frameSources.join(" ") : "'none'"}`,
    "frame-ancestors 'none'",
    ...(formAction ? [`form-action ${formAction}`] : []),
  ];
  return {
    "Content-Security-Policy": directives.join("; "),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    // Not `no-referrer`: with it browsers send `Origin: null` with our own forms, and the CSRF check would refuse them.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(https ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}
