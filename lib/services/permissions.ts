/** What an actor may do here beyond what is their own. Each use case names the one that it needs. */
export const permissions = [
  /** See every application, not only those the actor owns. */
  "applications:read",
  /** Change, disable and delete every application, add and revoke secrets, and register for another owner. */
  "applications:write",
  /**
   * Give an application what its owner can't: skipped consent, restricted scopes, redirects before sign-in
   * (docs/adr/0029).
   */
  "applications:grant_privileges",
  "apis:read",
  "apis:write",
  /** See how each scope is used. Users see the scopes themselves without it, to choose from. */
  "scopes:read",
  "scopes:write",
  "initial_access_tokens:read",
  "initial_access_tokens:write",
  "signing_keys:read",
  "signing_keys:write",
  /** End other users' sessions. */
  "sessions:write",
  /** Create users, administrators included. */
  "users:write",
] as const;

export type Permission = (typeof permissions)[number];

export const allPermissions: ReadonlySet<Permission> = new Set(permissions);
export const noPermissions: ReadonlySet<Permission> = new Set();

/** The one place that knows what the administrator flag of a user means. */
export function permissionsOfUser(user: { isAdministrator: boolean }): ReadonlySet<Permission> {
  return user.isAdministrator ? allPermissions : noPermissions;
}
