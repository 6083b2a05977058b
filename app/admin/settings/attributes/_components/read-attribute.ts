import type { Parameters } from "@/lib/oauth/wire/parameters";
import { attributeAccess, attributeTypes } from "@/lib/services/attributes/attribute-schema";

/** What is saved by itself, in the order of the page. */
export const attributeSections = ["definition", "access", "claim"] as const;

const fields = ["name", "type", "user_access", "claim_name", "scope_name"] as const;

/** The fields of an attribute's form by their names in the HTML; a section has only some of them. */
export type TypedAttribute = Partial<Record<(typeof fields)[number], string>>;

export function readTyped(form: Parameters): TypedAttribute {
  return Object.fromEntries(
    fields.flatMap((name) => {
      const value = form.get(name);
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

export function toInput({ name = "", user_access, claim_name = "", scope_name = "" }: TypedAttribute) {
  return { name, userAccess: known(attributeAccess, user_access), claimName: claim_name, scopeName: scope_name };
}

/** Only what a section's form has. */
export function toSentInput(typed: TypedAttribute): Partial<ReturnType<typeof toInput>> {
  const input = toInput(typed);
  return {
    ...(typed.name !== undefined && { name: input.name }),
    ...(typed.user_access !== undefined && { userAccess: input.userAccess }),
    ...(typed.claim_name !== undefined && { claimName: input.claimName }),
    ...(typed.scope_name !== undefined && { scopeName: input.scopeName }),
  };
}

export function toType({ type }: TypedAttribute) {
  return known(attributeTypes, type);
}

/** The first of the choices is the one that a new form has chosen. */
function known<const Value extends string>(values: readonly [Value, ...Value[]], sent: string | undefined): Value {
  return values.find((value) => value === sent) ?? values[0];
}
