import { defaultLocale } from "@/lib/messages/locales";

/** The addresses of pages that several files use. */

export const applicationsPath = "/o/applications/";

/** The page of one application, or one of its tabs or pages, such as `settings/`. */
export function applicationPath(applicationId: string, tab = ""): string {
  return `${applicationsPath}${applicationId}/${tab}`;
}

/** The callback of a test sign-in: no page, and without a slash at the end. */
export function testSignInPath(testId: string): string {
  return `/o/applications/test-sign-in/${encodeURIComponent(testId)}`;
}

export const apisPath = "/o/apis/";

/** The page of one API. */
export function apiPath(id: string): string {
  return `${apisPath}${id}/`;
}

export const scopesPath = "/o/scopes/";

export const groupsPath = "/admin/groups/";

/** The page of one group. */
export function groupPath(id: string): string {
  return `${groupsPath}${id}/`;
}

export const usersPath = "/admin/users/";

/** The page of one user, or one of its tabs, such as `security/`. */
export function userPath(id: string, tab = ""): string {
  return `${usersPath}${id}/${tab}`;
}

export const attributesPath = "/admin/settings/attributes/";

/** The page of one attribute of users. */
export function attributePath(id: string): string {
  return `${attributesPath}${id}/`;
}

/** The search over everything in the administration; with `results` below it for the palette. */
export const searchPath = "/admin/search/";

/** The page for the texts of an application, API or scope in other languages; `id` is a scope's name. */
export function languagesPath(kind: "application" | "api" | "scope", id: string): string {
  if (kind === "scope") return scopePath("languages", id);
  return `${kind === "application" ? applicationPath(id) : apiPath(id)}languages/`;
}

/** A page about one scope. Its name is in the query: in a path, names such as `..` and `a/b` would lead elsewhere. */
export function scopePath(page: "update" | "delete" | "languages", name: string): string {
  return `/o/scopes/${page}/?${new URLSearchParams({ name })}`;
}

export const registrationTokensPath = "/o/registration-tokens/";

export const signingKeysPath = "/o/signing-keys/";

/** Where users sign in, and from where they come back to `next`. */
export function signInPath(next: string): string {
  return next === "/" ? "/login" : `/login?${new URLSearchParams({ next })}`;
}

/** Where users enter their password again, and from where they come back to `next`. */
export function confirmPasswordPath(next: string): string {
  return `/login/confirm?${new URLSearchParams({ next })}`;
}

export const signedOutPath = "/o/logged-out";

export const invitationsPath = "/admin/invitations/";

/** The page of an invitation's link, without a trailing slash. */
export function invitationPath(token: string): string {
  return `/invitation/${encodeURIComponent(token)}`;
}

/** The page of a password reset link, without a trailing slash. */
export function resetPasswordPath(token: string): string {
  return `/reset-password/${encodeURIComponent(token)}`;
}

/** Where users enter a device's code: the `verification_uri` (RFC 8628 §3.2). */
export const devicePath = "/o/device";

/** The address of a client's logo on this server, in the variant for readers of `locale`. */
export function logoPath(clientId: string, locale: string): string {
  const language = locale === defaultLocale ? "" : `?${new URLSearchParams({ locale })}`;
  return `/o/logo/${encodeURIComponent(clientId)}${language}`;
}
