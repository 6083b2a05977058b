import type { Scope } from "@/lib/oauth/ports/types";

export interface ScopeChoice {
  name: string;
  description: string;
  restricted: boolean;
  /** Only an administrator can add a restricted scope; an application that has it may keep it. */
  selectable: boolean;
}

export function toScopeChoices(
  scopes: readonly Scope[],
  { grantsPrivileges, allowed }: { grantsPrivileges: boolean; allowed: readonly string[] },
): ScopeChoice[] {
  return scopes.map(({ name, description, isRestricted }) => ({
    name,
    description,
    restricted: isRestricted,
    selectable: grantsPrivileges || !isRestricted || allowed.includes(name),
  }));
}
