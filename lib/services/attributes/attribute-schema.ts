import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { claimsOfScopes } from "@/lib/oauth/openid/claims";
import { introspectionScope } from "@/lib/oauth/scope/scope";
import { displayedLine, ifSent, normalized, type Refuse } from "../normalized";

export const attributeTypes = ["text", "number", "boolean", "list"] as const;

/** What users themselves may do with their value. */
export const attributeAccess = ["none", "read", "write"] as const;

export const attributeInput = z.object({
  name: z.string({ error: problem("fieldProblems.name") }),
  userAccess: z.enum(attributeAccess),
  /** Empty: applications don't get it. */
  claimName: z.string(),
  scopeName: z.string(),
});

const steps = {
  name: displayedLine(60, problem("fieldProblems.name")),
  claimName: readClaimName,
  scopeName: (sent: string) => sent.trim() || null,
};

/** The type stays as it is: values of another type would be left. */
const newAttributeInput = z.object({ ...attributeInput.shape, type: z.enum(attributeTypes) });
/** What isn't sent stays as it is. */
export const attributeChangeInput = z.object({ ...attributeInput.partial().shape, id: z.string() });

export const newAttributeSchema = normalized(newAttributeInput, steps);
export const attributeChangeSchema = normalized(attributeChangeInput, {
  name: ifSent(steps.name),
  claimName: ifSent(steps.claimName),
  scopeName: ifSent(steps.scopeName),
});

/**
 * Beside those that scopes give: claims of JWTs and of what this server signs or answers (RFC 7519 §4.1, OpenID Connect
 * Core §2, RFC 7662 §2.2, RFC 8693 §4, RFC 9068 §2.2). An attribute that could take their place would forge them.
 */
const reservedClaims = new Set([
  ...Object.values(claimsOfScopes).flat(),
  ...["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "nonce", "auth_time", "at_hash", "c_hash", "s_hash"],
  ...["acr", "amr", "sid", "events", "cnf", "act", "may_act", "scope", "client_id", "username", "active"],
  ...["token_type", "roles", "entitlements", "groups_overage", "authorization_details", "token_introspection"],
  ...["_claim_names", "_claim_sources", "sub_jwk", "sub_id", "txn", "toe", "vot", "vtm", "trust_framework"],
  ...["verified_claims", "email_verified", "phone_number_verified", "__proto__", "constructor", "prototype"],
]);

function readClaimName(sent: string, refuse: Refuse): string | null {
  const name = sent.trim();
  if (name === "") return null;
  if (!/^[A-Za-z][A-Za-z0-9_.:/-]{0,99}$/.test(name)) {
    refuse(problem("consoleProblems.attributes.characters"));
  } else if (reservedClaims.has(name)) refuse(problem("consoleProblems.attributes.reserved"));
  return name;
}

const withoutData: readonly string[] = ["openid", "offline_access", introspectionScope];

/** The others say how an application uses tokens or this server, and give it no data. */
export function isForData(scopeName: string): boolean {
  return !withoutData.includes(scopeName);
}

/** Names that differ in case alone are the same. */
export function toNameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** A value in JSON, as applications get it. */
export const attributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export type AttributeValue = z.output<typeof attributeValue>;
