import { z } from "zod";
import { introspectionScope as requiredScope, scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";

/** What can be changed of a scope, the same for the form in the browser and the form on the server. */
export const scopeSchema = z.object({
  description: z
    .string({ error: "Describe in plain words what it allows." })
    .trim()
    .refine(isVisible, "Describe in plain words what it allows.")
    .max(200, "A description may have at most 200 characters.")
    .refine((value) => !hasHiddenControl(value), "A description can't contain control characters."),
  isDefault: z.boolean(),
  isRestricted: z.boolean(),
});

/** RFC 6749 §3.3; it never changes, as applications, tokens and consents refer to it. */
export const scopeNameSchema = z
  .string({ error: "Enter a name." })
  .trim()
  .min(1, { error: "Enter a name.", abort: true })
  .max(100, "A name may have at most 100 characters.")
  .regex(scopeTokenPattern, 'Use visible ASCII characters, without spaces, " and \\.');

export const newScopeSchema = z.object({ name: scopeNameSchema, ...scopeSchema.shape });

export type ScopeInput = z.input<typeof scopeSchema>;

/** The scope that can be neither deleted nor given to everyone. */
export const introspectionScope = requiredScope;

/** The scopes that are there from the start and that the sample API and the documentation speak of. */
export const sampleScopes: readonly string[] = ["read", "write"];
