import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { isResourceIndicator } from "@/lib/oauth/scope/resource-indicators";
import { scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { addressProblem } from "../applications/addresses/address-problem";
import { displayedLine, normalized, type Refuse, readBy, unique } from "../normalized";

/**
 * The allowed lifetime of an API's access tokens, in seconds. Under a minute, the clocks of two machines decide whether
 * a token is valid; beyond a day, nothing ends a stolen JWT (RFC 9700 §2.2.1).
 */
export const accessTokenLifetimes = { minimum: 60, maximum: 86_400 } as const;

export const mostResourceServers = 100;

const lifetimeText = problem("consoleFieldProblems.api.lifetime", accessTokenLifetimes);

/** What can be changed of an API. */
export const apiInput = z.object({
  name: z.string({ error: problem("fieldProblems.name") }),
  scopes: z
    .array(z.string().regex(scopeTokenPattern, problem("consoleFieldProblems.scope.unknown")))
    .min(1, problem("consoleFieldProblems.api.scopes")),
  tokenFormat: z.enum(["opaque", "jwt"], { error: problem("consoleFieldProblems.api.tokenFormat") }),
  /** Seconds; null: the server's default. */
  accessTokenLifetime: z
    .int(lifetimeText)
    .min(accessTokenLifetimes.minimum, lifetimeText)
    .max(accessTokenLifetimes.maximum, lifetimeText)
    .nullable(),
  /** Client IDs. */
  resourceServers: z
    .array(z.string())
    .max(mostResourceServers, problem("consoleFieldProblems.api.resourceServers", { maximum: mostResourceServers })),
});

/** `identifier` is the `resource` of a request and the `aud` of a token; it never changes. */
export const newApiInput = z.object({
  identifier: z.string({ error: problem("consoleFieldProblems.api.identifier") }),
  ...apiInput.shape,
});

const steps = {
  name: displayedLine(100, problem("fieldProblems.name")),
  scopes: unique<string>,
  resourceServers: unique<string>,
};

/** The rules, the same for the form in the browser and the form on the server. */
export const apiSchema = normalized(apiInput, steps);
export const newApiSchema = normalized(newApiInput, { ...steps, identifier: readIdentifier });
export const apiIdentifierSchema = readBy(newApiInput.shape.identifier, readIdentifier);

export type ApiFields = z.output<typeof apiSchema>;
export type ApiInput = z.input<typeof apiInput>;

function readIdentifier(sent: string, refuse: Refuse): string {
  const identifier = sent.trim();
  const wrong = findApiIdentifierProblem(identifier);
  if (wrong) refuse(wrong);
  return identifier;
}

const maximumLength = 500;
const urnPattern = /^urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[^#]+$/i;

/** What is wrong with an API's identifier; null if nothing is. */
export function findApiIdentifierProblem(value: string): string | null {
  if (value === "") return problem("consoleFieldProblems.api.identifier");
  if (value.length > maximumLength)
    return problem("consoleFieldProblems.api.identifierLong", { maximum: maximumLength });
  // RFC 8707 §2: "an absolute URI" that "MUST NOT include a fragment component".
  if (value.includes("#")) return problem("consoleFieldProblems.api.fragment");
  if (!/^[\x21-\x7e]+$/.test(value)) return problem("consoleFieldProblems.application.secretCharacters");
  if (!isResourceIndicator(value)) return incomplete;
  if (/^urn:/i.test(value)) return urnPattern.test(value) ? null : problem("consoleFieldProblems.api.urn");
  const url = new URL(value);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || url.host === "") return incomplete;
  if (url.username || url.password) return problem("consoleFieldProblems.api.user");
  const wrong = findHostProblem(url);
  return wrong && addressProblem(wrong);
}

const incomplete = problem("consoleFieldProblems.api.incomplete");
