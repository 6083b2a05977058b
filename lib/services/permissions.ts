/** What an actor may do here beyond their own objects. Each use case names the one that it needs. */
export const permissions = [
  /** See every application, not only those the actor owns. */
  "applications:read",
  /** Register applications of one's own, even if not everyone may. */
  "applications:register",
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
  /** Create and change users who hold no portal role. */
  "users:write",
  /** Read the hashes of passwords, for another installation. */
  "users:export_hashes",
  /** Give and take portal roles, and change users who hold one. */
  "roles:write",
  "groups:read",
  "groups:write",
  "invitations:read",
  "invitations:write",
  "settings:read",
  "settings:write",
  /** See what was sent to whom, never what was in it. */
  "messages:read",
] as const;

export type Permission = (typeof permissions)[number];

export const allPermissions: ReadonlySet<Permission> = new Set(permissions);
export const noPermissions: ReadonlySet<Permission> = new Set();

/** What a user is in the portal. A user without one runs only what is their own. */
export const portalRoles = [
  "administrator",
  "user_manager",
  "application_manager",
  "auditor",
  "application_owner",
] as const;

export type PortalRole = (typeof portalRoles)[number];

function every(test: (permission: Permission) => boolean): ReadonlySet<Permission> {
  return new Set(permissions.filter(test));
}

/** docs/permissions.md shows it as a table. */
export const rolePermissions: Readonly<Record<PortalRole, ReadonlySet<Permission>>> = {
  administrator: allPermissions,
  user_manager: new Set([
    "users:read",
    "users:write",
    "sessions:write",
    "groups:read",
    "groups:write",
    "invitations:read",
    "invitations:write",
    "messages:read",
  ]),
  application_manager: every(
    (permission) =>
      permission === "groups:read" || /^(applications|apis|scopes|initial_access_tokens):/.test(permission),
  ),
  auditor: every((permission) => permission.endsWith(":read")),
  application_owner: new Set(["applications:register"]),
};

/** The only place that knows what a user's portal role means. A role that isn't in the table means nothing. */
export function permissionsOfUser({ portalRole }: { portalRole: PortalRole | null }): ReadonlySet<Permission> {
  return portalRole !== null && Object.hasOwn(rolePermissions, portalRole)
    ? rolePermissions[portalRole]
    : noPermissions;
}
