import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { introspectionScope as requiredScope, scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { displayedLine, normalized, type Refuse, readBy } from "../normalized";

const missingDescription = problem("consoleFieldProblems.scope.description");

/** What can be changed of a scope. */
export const scopeInput = z.object({
  description: z.string({ error: missingDescription }),
  isDefault: z.boolean(),
  isRestricted: z.boolean(),
});

/** The name never changes, as applications, tokens and consents refer to it. */
export const newScopeInput = z.object({
  name: z.string({ error: problem("fieldProblems.name") }),
  ...scopeInput.shape,
});

const steps = { description: displayedLine(200, missingDescription) };

/** The rules, the same for the form in the browser and the form on the server. */
export const scopeSchema = normalized(scopeInput, steps);
export const newScopeSchema = normalized(newScopeInput, { ...steps, name: readName });
export const scopeNameSchema = readBy(newScopeInput.shape.name, readName);

export type ScopeInput = z.input<typeof scopeInput>;

/** RFC 6749 §3.3. */
function readName(sent: string, refuse: Refuse): string {
  const name = sent.trim();
  if (name === "") {
    refuse(problem("fieldProblems.name"));
    return name;
  }
  if (name.length > 100) refuse(problem("fieldProblems.long", { maximum: 100 }));
  if (!scopeTokenPattern.test(name)) refuse(problem("consoleFieldProblems.scope.characters"));
  return name;
}

/** The scope that can't be deleted or given to everyone. */
export const introspectionScope = requiredScope;

/** The initial scopes, which the sample API and the documentation use. */
export const sampleScopes: readonly string[] = ["read", "write"];
