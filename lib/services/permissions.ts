/** What an actor may do here beyond their own objects. Each use case names the one that it needs. */
export const permissions = [
  /** See every application, not only those the actor owns. */
  "applications:read",
  /** Change, disable and delete every application, add and revoke secrets, and register for another owner. */
  "applications:write",
  /**
   * Grant an application what its owner can't: skipped consent, restricted scopes, redirects before sign-in
   * (docs/adr/0029).
   */
  "applications:grant_privileges",
  "apis:read",
  "apis:write",
  /** See how each scope is used. Without it, users still see the scopes themselves, to choose from. */
  "scopes:read",
  "scopes:write",
  "initial_access_tokens:read",
  "initial_access_tokens:write",
  "signing_keys:read",
  "signing_keys:write",
  /** End other users' sessions. */
  "sessions:write",
  "users:read",
  /** Create users, administrators included. */
  "users:write",
  "invitations:read",
  "invitations:write",
] as const;

/** What a user may be here beyond a plain user. */
export const portalRoles = [
  "administrator",
  "user_manager",
  "application_manager",
  "auditor",
  "application_owner",
] as const;

export type Permission = (typeof permissions)[number];

export const allPermissions: ReadonlySet<Permission> = new Set(permissions);
export const noPermissions: ReadonlySet<Permission> = new Set();

/** The only place that knows what a user's administrator flag means. */
export function permissionsOfUser(user: { isAdministrator: boolean }): ReadonlySet<Permission> {
  return user.isAdministrator ? allPermissions : noPermissions;
}
