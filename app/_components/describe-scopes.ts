import { describeScope } from "@/lib/messages/describe-scope";
import type { Locale } from "@/lib/messages/locales";
import type { Scope } from "@/lib/oauth/ports/types";
import { findScopeDescriptions } from "@/lib/services/translations/find-scope-descriptions";

/** Scopes as users read them in `locale`: what administrators wrote in that language comes first. */
export async function describeScopes(scopes: readonly Scope[], locale: Locale): Promise<Scope[]> {
  const names = scopes.map(({ name }) => name);
  const descriptions = await findScopeDescriptions(names, locale);
  return scopes.map((scope) => {
    const description = descriptions.get(scope.name);
    return description === undefined ? describeScope(scope, locale) : { ...scope, description };
  });
}
