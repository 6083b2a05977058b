import "server-only";
import { problem } from "@/lib/messages/problem";
import { openidScopes } from "@/lib/oauth/openid/claims";
import { type ClientSettings, defaultSettings, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { type ClientMetadata, readClientMetadata } from "@/lib/oauth/registration/client-metadata";
import { toMetadataError } from "@/lib/oauth/registration/client-metadata-errors";
import { leaveOutIgnored } from "@/lib/oauth/scope/ignored-scopes";
import { checkFetchedAddresses } from "../applications/addresses/check-fetched-addresses";
import { checkSectorIdentifier } from "../applications/addresses/check-sector-identifier";
import { applicationSchema } from "../applications/settings/application-schema";
import { type PermittedBefore, type PermittedFields, permitFields } from "../applications/settings/permit-fields";
import { requireRedirectUri } from "../applications/settings/require-redirect-uri";
import type { ServiceContext, Transaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { admitSectorFetch } from "./authorize-registration";
import { followRedirectUris } from "./own-origins";

/** Settings decided here: a client can't set them, and can only lose them. */
const decidedHere = settingNames.filter((name) => settingOf(name).decidedBy);

/**
 * Validates a request's metadata as far as possible without the database, and fetches the sector identifier that it
 * names.
 * @throws InvalidRedirectUriError, InvalidClientMetadataError (RFC 7591 §3.2.2)
 */
export function readMetadata(context: ServiceContext, body: unknown): Promise<ClientMetadata> {
  return withMetadataErrors(async () => {
    const metadata = readClientMetadata(body);
    checkFetchedAddresses(context, metadata);
    if (metadata.sectorIdentifierUri) await admitSectorFetch(context);
    await checkSectorIdentifier(context, metadata);
    return metadata;
  });
}

/**
 * The complete application that results from the metadata, including what was decided here, checked by the same rules
 * as the forms.
 * @throws InvalidRedirectUriError, InvalidClientMetadataError (RFC 7591 §3.2.2)
 */
export function toApplicationFields(
  context: ServiceContext,
  tx: Transaction,
  { metadata, clientId }: { metadata: ClientMetadata; clientId: string },
  before: PermittedBefore | null,
): Promise<PermittedFields<ClientSettings>> {
  const { description: _description, scopes, name, ...asked } = metadata;
  const present = before ?? defaultSettings;
  return withMetadataErrors(async () => {
    const fields = parseInput(
      applicationSchema({ allowHttp: context.settings.allowHttpRedirectUris, privateSchemes: "any" }),
      {
        ...asked,
        // RFC 7591 §2: what users see if a client has no name.
        name: name ?? clientId,
        allowedScopes: scopes ? await leaveOutIgnoredScopes(tx, scopes, before) : await listDefaultScopes(tx, asked),
        ...Object.fromEntries(decidedHere.map((setting) => [setting, present[setting]])),
        allowedOrigins: followRedirectUris(before, asked),
      },
    );
    requireRedirectUri(fields);
    limitRedirectUris(fields);
    const { redirectsBeforeSignIn } = present;
    return permitFields(context, tx, { ...fields, redirectsBeforeSignIn }, before);
  });
}

/** Fewer than an owner may enter: nobody vouches for what registers itself. */
const mostRedirectUris = 50;

function limitRedirectUris(fields: Pick<ClientSettings, "redirectUris" | "postLogoutRedirectUris">): void {
  for (const name of ["redirectUris", "postLogoutRedirectUris"] as const) {
    if (fields[name].length <= mostRedirectUris) continue;
    throw new ValidationError({
      [name]: [problem("consoleFieldProblems.application.redirectUris", { maximum: mostRedirectUris })],
    });
  }
}

/** The rules of applications name fields; on the wire it is one member. */
async function withMetadataErrors<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof ValidationError ? toMetadataError(error.fieldErrors) : error;
  }
}

/**
 * RFC 7591 §2 `scope`: a client registers the list that it will send, so what would be ignored there is omitted here.
 */
async function leaveOutIgnoredScopes(
  tx: Transaction,
  names: string[],
  before: PermittedBefore | null,
): Promise<string[]> {
  const known = await tx.scope.findMany({ where: { name: { in: names } } });
  const unrestricted = known.filter(({ isRestricted }) => !isRestricted).map(({ name }) => name);
  return leaveOutIgnored(names, known, new Set([...unrestricted, ...(before?.allowedScopes ?? [])]));
}

/**
 * RFC 7591 §2 `scope`: what a client may have that requests nothing in particular. If users sign in, that includes
 * OpenID: few such clients name a scope before they send a request.
 */
async function listDefaultScopes(
  tx: Transaction,
  { grantTypes }: Pick<ClientMetadata, "grantTypes">,
): Promise<string[]> {
  const servesPeople = grantTypes.includes("authorization_code") || grantTypes.includes(deviceCodeGrant);
  const names = servesPeople ? [...openidScopes] : [];
  const scopes = await tx.scope.findMany({
    where: { isRestricted: false, OR: [{ isDefault: true }, { name: { in: names } }] },
    orderBy: { name: "asc" },
    select: { name: true },
  });
  return scopes.map(({ name }) => name);
}
