/**
 * What a person's consent is remembered as. A scope that was asked for without naming an API is remembered by its name;
 * one for certain APIs only as `scope identifier`, once for each: what was allowed at one API is allowed neither at
 * another nor everywhere (RFC 8707 §3). Neither part can have a space in it.
 */
export function toPermissions(scopes: readonly string[], resources: readonly string[]): string[] {
  if (resources.length === 0) return [...scopes];
  return scopes.flatMap((scope) => resources.map((identifier) => `${scope} ${identifier}`));
}

/** The scope that a remembered permission is about. */
export function scopeOfPermission(permission: string): string {
  return permission.split(" ", 1)[0] ?? permission;
}
