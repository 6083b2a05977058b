/** What clients may read about a protected resource of this server (RFC 9728 §2). */
export interface ResourceDescription {
  /** For users. */
  name: string;
  /** All scopes of the resource; a single route may require fewer. */
  scopes: readonly string[];
}

/**
 * This server's protected resources, by path. A project with its own resources adds a line here and passes the path to
 * `protect`: the metadata is then published, and every challenge points to it.
 */
export const protectedResources: ReadonlyMap<string, ResourceDescription> = new Map([
  ["/resource", { name: "Sample resource", scopes: ["read"] }],
  ["/o/userinfo", { name: "Whom a token stands for", scopes: [] }],
]);

/**
 * Path prefixes above these resources, for clients that start at the address of the server or of the issuer because
 * nothing has challenged them. A token for one of these is valid at every resource under it: clients that don't know
 * better should name the base (RFC 8707 §2).
 */
export const resourceBases: ReadonlyMap<string, ResourceDescription> = new Map([
  ["", { name: "Latchkey", scopes: ["read"] }],
  ["/o", { name: "Whom a token stands for", scopes: [] }],
]);
