import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isLocalhostUri } from "@/lib/oauth/client/redirect-uri";
import { type SettingName, type SettingsWith, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import type { ApplicationFields } from "./application-schema";

/** What only an administrator grants an application, besides restricted scopes. */
export const privilegeFields = settingNames.filter(isPrivilege);
export type PrivilegeField = SettingsWith<{ decidedBy: "administrator" }>;

function isPrivilege(name: SettingName): name is PrivilegeField {
  return settingOf(name).decidedBy === "administrator";
}

/** The parts of an application on which its privileges depend. */
export type PrivilegedFields = Pick<ApplicationFields, PrivilegeField | "allowedScopes" | "securityProfile"> &
  GrantedFor;

/** What an administrator saw when granting a privilege: who gets what, where it goes, and how they authenticate. */
interface GrantedFor {
  redirectUris: readonly string[];
  kind: ApplicationFields["kind"];
  allowedScopes: readonly string[];
  clientType: string;
  grantTypes: readonly string[];
  tokenEndpointAuthMethod: string | null;
  tokenEndpointAuthSigningAlg: string | null;
  jwks: unknown;
  jwksUri: string | null;
}

/** The privileges that a change ended, for the user who made it and for the audit log. */
export const endedPrivileges = z.strictObject({
  fields: z.array(z.enum(privilegeFields)),
  restrictedScopes: z.array(z.string()),
});

export type EndedPrivileges = z.output<typeof endedPrivileges>;

export function hasEnded({ fields, restrictedScopes }: EndedPrivileges): boolean {
  return fields.length > 0 || restrictedScopes.length > 0;
}

/**
 * The application's privileges after a change by anyone except an administrator: those not granted for what has
 * changed. Rolling a secret isn't such a change: it is generated here, for the same owner. Neither are the name and the
 * sign-out addresses: nothing of a user's goes there that the application doesn't already have.
 */
export function keepPrivileges<Fields extends PrivilegedFields>(
  before: PrivilegedFields,
  fields: Fields,
  restrictedScopes: readonly string[],
): Fields {
  const isMoved = !isDeepStrictEqual(listDestinations(before), listDestinations(fields));
  const isChanged = isMoved || !isDeepStrictEqual(summarise(before), summarise(fields));
  const isKept = (name: string) => !isChanged || !restrictedScopes.includes(name);
  return {
    ...fields,
    skipConsent: fields.skipConsent && !isChanged,
    // Granted for the redirect URIs alone.
    redirectsBeforeSignIn: !isMoved && fields.redirectsBeforeSignIn,
    allowedScopes: fields.allowedScopes.filter(isKept),
  };
}

/** Canonical: the order of a list has no meaning, nor does an algorithm that signs nothing. */
function summarise(fields: PrivilegedFields): unknown {
  const method = fields.tokenEndpointAuthMethod ?? (fields.clientType === "public" ? "none" : null);
  return {
    scopes: [...fields.allowedScopes].sort(),
    clientType: fields.clientType,
    grantTypes: [...fields.grantTypes].sort(),
    method,
    algorithm: method === "private_key_jwt" ? fields.tokenEndpointAuthSigningAlg : null,
    jwks: fields.jwks,
    jwksUri: fields.jwksUri,
  };
}

/** Where codes may go. The kind counts: a native app gets them at any port of `localhost` (RFC 9700 §2.1). */
function listDestinations({ redirectUris, kind }: PrivilegedFields): string[] {
  const destinations = redirectUris.map((uri) =>
    kind === "native" && isLocalhostUri(uri) ? `${uri} at any port` : uri,
  );
  return [...new Set(destinations)].sort();
}
