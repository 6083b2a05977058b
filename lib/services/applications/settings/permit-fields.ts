import "server-only";
import { problem } from "@/lib/messages/problem";
import { findUndottedScheme } from "@/lib/oauth/client/redirect-uri";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { can, type ServiceContext, type Transaction } from "../../context";
import { ValidationError } from "../../errors";
import { addressProblem } from "../addresses/address-problem";
import { shorten } from "../addresses/web-address";
import type { ApplicationFields } from "./application-schema";
import { type EndedPrivileges, keepPrivileges, privilegeFields } from "./privileges";
import { settingTexts } from "./setting-texts";

/** The addresses of an app that may have a private scheme. */
const appAddresses = ["redirectUris", "postLogoutRedirectUris"] as const;
type AppAddresses = (typeof appAddresses)[number];

/** The present application, and the role of whoever set its security profile. */
export type PermittedBefore = ClientSettings & { securityProfileSetBy: ActorRole | null };

type ActorRole = "owner" | "administrator";

export interface PermittedFields<Fields> {
  fields: Fields;
  securityProfileSetBy: ActorRole | null;
  /** What the application had and no longer has. */
  ended: EndedPrivileges;
}

/**
 * Rules that depend on the caller. Only an administrator grants an application privileges; with anyone else's change it
 * keeps those it has, unless the change concerns what they were granted for. A security profile that an administrator
 * set can only be changed by an administrator.
 *
 * `before` is null for a new application. Otherwise its row is locked: an administrator's concurrent grant came either
 * before this change, which then ends it, or after it, for what they hadn't seen before.
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
  if (unknown.length > 0)
    throw new ValidationError({
      allowedScopes: [problem("consoleProblems.scopes.unknown", { names: unknown.join(", ") })],
    });
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
      throw new ValidationError({
        [field]: [settingTexts[field].refusal ?? problem("consoleProblems.applications.administratorOnly")],
      });
  }
  if (fields.allowedScopes.some((name) => restricted.includes(name) && !before?.allowedScopes.includes(name))) {
    throw new ValidationError({ allowedScopes: [problem("consoleProblems.applications.restrictedScope")] });
  }
  refuseOwnSchemes(context, fields, before);
  if (before === null) return fields;
  if (isSetByAdministrator(before) && fields.securityProfile !== before.securityProfile) {
    const message = problem("consoleProblems.applications.profileKept");
    throw new ValidationError({ securityProfile: [message] });
  }
  const kept = keepPrivileges(before, fields, restricted);
  // Without any, the application could request every scope that isn't restricted: more than anyone has chosen.
  if (kept.allowedScopes.length === 0 && fields.allowedScopes.length > 0) {
    const scopes = fields.allowedScopes.join(", ");
    throw new ValidationError({
      allowedScopes: [problem("consoleProblems.applications.lastScope", { scopes })],
    });
  }
  return kept;
}

/** An administrator checks an app's own scheme before allowing it. Others choose from a list or keep what they have. */
function refuseOwnSchemes(context: ServiceContext, fields: ApplicationFields, before: PermittedBefore | null): void {
  const allowed = listPrivateSchemes(context, before);
  for (const field of appAddresses) {
    const refused = fields[field].filter((uri) => {
      const scheme = findUndottedScheme(uri);
      return scheme !== null && !allowed.includes(scheme);
    });
    if (refused.length > 0) {
      throw new ValidationError({
        [field]: refused.map((uri) =>
          problem("consoleFieldProblems.application.address", {
            address: shorten(uri),
            problem: addressProblem({ code: "undotted" }),
          }),
        ),
      });
    }
  }
}

/** The schemes without a dot that an application may get without an administrator: listed ones and its present ones. */
export function listPrivateSchemes(
  { settings }: Pick<ServiceContext, "settings">,
  before: Pick<PermittedBefore, AppAddresses> | null,
): string[] {
  const uris = appAddresses.flatMap((field) => before?.[field] ?? []);
  const present = uris.map(findUndottedScheme).filter((scheme) => scheme !== null);
  return [...new Set([...settings.privateUriSchemes, ...present])];
}

/** A profile of unknown origin counts as an administrator's. */
export function isSetByAdministrator(row: Pick<PermittedBefore, "securityProfile" | "securityProfileSetBy">): boolean {
  return row.securityProfile !== null && row.securityProfileSetBy !== "owner";
}

/**
 * The role with which a privilege is granted: permission to change every application doesn't include granting
 * privileges.
 */
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
