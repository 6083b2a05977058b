/** The addresses of pages that several files use. */

/** The page of one application. */
export function applicationPath(applicationId: string): string {
  return `/o/applications/${applicationId}/`;
}

/** The page of one API. */
export function apiPath(id: string): string {
  return `/o/apis/${id}/`;
}

/** A page about one scope. Its name is in the query: in a path, names such as `..` and `a/b` would lead elsewhere. */
export function scopePath(page: "update" | "delete", name: string): string {
  return `/o/scopes/${page}/?${new URLSearchParams({ name })}`;
}

export const registrationTokensPath = "/o/registration-tokens/";

export const signingKeysPath = "/o/signing-keys/";

export const signedOutPath = "/o/logged-out";

/** Where users enter a device's code: the `verification_uri` (RFC 8628 §3.2). */
export const devicePath = "/o/device";

/** Where this server's pages load a client's logo from. */
export function logoPath(clientId: string): string {
  return `/o/logo/${encodeURIComponent(clientId)}`;
}
