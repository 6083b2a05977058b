import type { Scope } from "@/lib/oauth/ports/types";

/** The kind of access that a scope's name indicates; `other` if it indicates none, so that nothing is played down. */
export type ScopeKind = "read" | "write" | "other";

export interface ScopeGroup {
  kind: ScopeKind;
  scopes: Scope[];
}

const readWords = new Set([
  "read",
  "readonly",
  "view",
  "list",
  "get",
  "openid",
  "profile",
  "email",
  "address",
  "phone",
]);
const writeWords = new Set(
  "write readwrite create add update edit change delete remove manage admin send publish upload".split(" "),
);

/** The kind of a scope by the words of its name: `read`, `photos:read` and `read_photos` are all about reading. */
export function toScopeKind(name: string): ScopeKind {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  if (words.some((word) => writeWords.has(word))) return "write";
  return words.some((word) => readWords.has(word)) ? "read" : "other";
}

/** The scopes by kind, in their own order; empty kinds are omitted. */
export function groupScopes(scopes: readonly Scope[]): ScopeGroup[] {
  return (["read", "write", "other"] as const)
    .map((kind) => ({ kind, scopes: scopes.filter((scope) => toScopeKind(scope.name) === kind) }))
    .filter((group) => group.scopes.length > 0);
}
