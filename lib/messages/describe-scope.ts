import { en } from "@/messages/en";
import type { Locale } from "./locales";
import { textsOf } from "./texts";

const seeded: Readonly<Record<string, string>> = en.claims.scopes;

export interface DescribedScope {
  name: string;
  description: string;
}

/**
 * A scope as it is shown in `locale`. The description that the database was created with has its languages here; one
 * that an administrator wrote stays as it is.
 */
export function describeScope<Scope extends DescribedScope>(scope: Scope, locale: Locale): Scope {
  const isSeeded = Object.hasOwn(seeded, scope.name) && seeded[scope.name] === scope.description;
  if (!isSeeded) return scope;
  const t = textsOf("claims", locale);
  return { ...scope, description: t(`scopes.${scope.name as keyof typeof en.claims.scopes}`) };
}
