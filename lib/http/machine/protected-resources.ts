/** What clients may read about a protected resource of this server (RFC 9728 §2). */
export interface ResourceDescription {
  /** For people. */
  name: string;
  /** All that the resource understands; a route of it may ask for less. */
  scopes: readonly string[];
}

/**
 * The protected resources of this server, by path. A project that builds its own adds a line here and gives the path to
 * `protect`: the metadata are published, and every challenge points to them.
 */
export const protectedResources: ReadonlyMap<string, ResourceDescription> = new Map([
  ["/resource", { name: "Sample resource", scopes: ["read"] }],
  ["/o/userinfo", { name: "Whom a token stands for", scopes: [] }],
]);

/**
 * Whole paths under which those lie, for clients that look at the address of the server or of the issuer because
 * nothing has challenged them. A token for one of these is good at every resource under it: the base is what a client
 * should name that knows no better (RFC 8707 §2).
 */
export const resourceBases: ReadonlyMap<string, ResourceDescription> = new Map([
  ["", { name: "Latchkey", scopes: ["read"] }],
  ["/o", { name: "Whom a token stands for", scopes: [] }],
]);
