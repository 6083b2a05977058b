import type { ScopeInput } from "@/lib/services/scopes/scope-schema";

/** The form's fields by their names in the HTML. */
export interface ScopeValues {
  name: string;
  description: string;
  is_default: boolean;
  is_restricted: boolean;
}

/** Reads the form; `texts` returns what was sent under a name. */
export function readScopeValues(texts: (name: string) => string[]): ScopeValues {
  return {
    name: texts("name")[0] ?? "",
    description: texts("description")[0] ?? "",
    is_default: texts("is_default").length > 0,
    is_restricted: texts("is_restricted").length > 0,
  };
}

export function toScopeInput(values: ScopeValues): ScopeInput & { name: string } {
  return {
    name: values.name,
    description: values.description,
    isDefault: values.is_default,
    isRestricted: values.is_restricted,
  };
}
