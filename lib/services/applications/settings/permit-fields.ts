import "server-only";
import { findUndottedScheme, unlistedScheme } from "@/lib/oauth/client/redirect-uri";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { can, type ServiceContext, type Transaction } from "../../context";
import { ValidationError } from "../../errors";
import { shorten } from "../addresses/web-address";
import type { ApplicationFields } from "./application-schema";
import { type EndedPrivileges, keepPrivileges, privilegeFields } from "./privileges";
import { settingTexts } from "./setting-texts";

/** The addresses of an app that may have a scheme of its own. */
const appAddresses = ["redirectUris", "postLogoutRedirectUris"] as const;
type AppAddresses = (typeof appAddresses)[number];

/** The application as it is, and on whose word its security profile stands. */
export type PermittedBefore = ClientSettings & { securityProfileSetBy: ActorRole | null };

type ActorRole = "owner" | "administrator";

export interface PermittedFields<Fields> {
  fields: Fields;
  securityProfileSetBy: ActorRole | null;
  /** What the application had and has no longer. */
  ended: EndedPrivileges;
}

/**
 * What depends on who asks. Only an administrator gives an application privileges: anyone else keeps those that it has
 * already, until they change what these were given for. A security profile that an administrator set is theirs to
 * change.
 *
 * `before` is null for a new application. Otherwise its row is locked: what an administrator gives at this moment was
 * given either before this change, which then ends it, or after it, for what they didn't see before.
 * @throws ValidationError
 */
export async function permitFields<Fields extends ApplicationFields>(
  context: ServiceContext,
  tx: Pick<Transaction, "scope">,
  fields: Fields,
  before: PermittedBefore | null,
): Promise<PermittedFields<Fields>> {
  const names = [...new Set([...fields.allowedScopes, ...(before?.allowedScopes ?? [])])];
  const known = await tx.scope.findMany({ where: { name: { in: names } } });
  const unknown = fields.allowedScopes.filter((name) => !known.some((scope) => scope.name === name));
  if (unknown.length > 0) throw new ValidationError({ allowedScopes: [`Unknown scope: ${unknown.join(", ")}.`] });
  const restricted = known.filter((scope) => scope.isRestricted).map(({ name }) => name);
  const permitted = can(context.actor, "applications:grant_privileges")
    ? fields
    : refuseOrKeep(context, fields, before, restricted);
  return {
    fields: permitted,
    securityProfileSetBy: decideWhoSet(context, permitted, before),
    ended: {
      fields: privilegeFields.filter((field) => before?.[field] && !permitted[field]),
      restrictedScopes: restricted.filter(
        (name) => before?.allowedScopes.includes(name) && !permitted.allowedScopes.includes(name),
      ),
    },
  };
}

function refuseOrKeep<Fields extends ApplicationFields>(
  context: ServiceContext,
  fields: Fields,
  before: PermittedBefore | null,
  restricted: readonly string[],
): Fields {
  for (const field of privilegeFields) {
    if (fields[field] && !before?.[field])
      throw new ValidationError({ [field]: [settingTexts[field].refusal ?? "Only an administrator can set this."] });
  }
  if (fields.allowedScopes.some((name) => restricted.includes(name) && !before?.allowedScopes.includes(name))) {
    throw new ValidationError({ allowedScopes: ["Only an administrator can allow a restricted scope."] });
  }
  refuseOwnSchemes(context, fields, before);
  if (before === null) return fields;
  if (isSetByAdministrator(before) && fields.securityProfile !== before.securityProfile) {
    const message = "An administrator set this security profile. Only an administrator can change or remove it.";
    throw new ValidationError({ securityProfile: [message] });
  }
  const kept = keepPrivileges(before, fields, restricted);
  // Without any, the application could ask for every scope that isn't restricted: more than anyone has chosen.
  if (kept.allowedScopes.length === 0 && fields.allowedScopes.length > 0) {
    const scopes = fields.allowedScopes.join(", ");
    throw new ValidationError({
      allowedScopes: [`This change ends an administrator's permission for ${scopes}. Choose another scope instead.`],
    });
  }
  return kept;
}

/**
 * An administrator looks at an app's own scheme before allowing it. Others choose from a list or keep what is there.
 */
function refuseOwnSchemes(context: ServiceContext, fields: ApplicationFields, before: PermittedBefore | null): void {
  const allowed = listPrivateSchemes(context, before);
  for (const field of appAddresses) {
    const refused = fields[field].filter((uri) => {
      const scheme = findUndottedScheme(uri);
      return scheme !== null && !allowed.includes(scheme);
    });
    if (refused.length > 0) {
      throw new ValidationError({ [field]: refused.map((uri) => `${shorten(uri)}: ${unlistedScheme}`) });
    }
  }
}

/** The schemes without a dot that others than administrators may give an application: listed ones and its own. */
export function listPrivateSchemes(
  { settings }: Pick<ServiceContext, "settings">,
  before: Pick<PermittedBefore, AppAddresses> | null,
): string[] {
  const uris = appAddresses.flatMap((field) => before?.[field] ?? []);
  const present = uris.map(findUndottedScheme).filter((scheme) => scheme !== null);
  return [...new Set([...settings.privateUriSchemes, ...present])];
}

/** A profile that nobody is known to have set counts as an administrator's. */
export function isSetByAdministrator(row: Pick<PermittedBefore, "securityProfile" | "securityProfileSetBy">): boolean {
  return row.securityProfile !== null && row.securityProfileSetBy !== "owner";
}

/** Whose word a privilege stands on: being allowed to change every application is no right to give them. */
function roleOf({ actor }: ServiceContext): ActorRole {
  return can(actor, "applications:grant_privileges") ? "administrator" : "owner";
}

function decideWhoSet(
  context: ServiceContext,
  { securityProfile }: Pick<ApplicationFields, "securityProfile">,
  before: PermittedBefore | null,
): ActorRole | null {
  if (securityProfile === null) return null;
  return before?.securityProfile === securityProfile ? before.securityProfileSetBy : roleOf(context);
}
