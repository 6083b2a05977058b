import { z } from "zod";
import { introspectionScope as requiredScope, scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { displayedLine, normalized, type Refuse, readBy } from "../normalized";

const missingDescription = "Describe in plain words what it allows.";

/** What can be changed of a scope. */
export const scopeInput = z.object({
  description: z.string({ error: missingDescription }),
  isDefault: z.boolean(),
  isRestricted: z.boolean(),
});

/** The name never changes, as applications, tokens and consents refer to it. */
export const newScopeInput = z.object({ name: z.string({ error: "Enter a name." }), ...scopeInput.shape });

const steps = { description: displayedLine("A description", 200, missingDescription) };

/** The rules, the same for the form in the browser and the form on the server. */
export const scopeSchema = normalized(scopeInput, steps);
export const newScopeSchema = normalized(newScopeInput, { ...steps, name: readName });
export const scopeNameSchema = readBy(newScopeInput.shape.name, readName);

export type ScopeInput = z.input<typeof scopeInput>;

/** RFC 6749 §3.3. */
function readName(sent: string, refuse: Refuse): string {
  const name = sent.trim();
  if (name === "") {
    refuse("Enter a name.");
    return name;
  }
  if (name.length > 100) refuse("A name may have at most 100 characters.");
  if (!scopeTokenPattern.test(name)) refuse('Use visible ASCII characters, without spaces, " and \\.');
  return name;
}

/** The scope that can't be deleted or given to everyone. */
export const introspectionScope = requiredScope;

/** The initial scopes, which the sample API and the documentation use. */
export const sampleScopes: readonly string[] = ["read", "write"];
