import "server-only";
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
import type { ServiceContext, Transaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { admitSectorFetch } from "./authorize-registration";
import { followRedirectUris } from "./own-origins";

/** What people here decide: a client has no say in that, and can only lose it. */
const decidedHere = settingNames.filter((name) => settingOf(name).decidedBy);

/**
 * Reads a request's metadata as far as it can be judged without the database, and asks the sector that it claims.
 * Throws the errors of RFC 7591 §3.2.2.
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
 * The application that the metadata comes to, whole: with what people here have decided of it, and held against the
 * very rules that the forms apply. Throws the errors of RFC 7591 §3.2.2.
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
        // RFC 7591 §2: what people are shown where a client has no name.
        name: name ?? clientId,
        allowedScopes: scopes ? await leaveOutIgnoredScopes(tx, scopes, before) : await listDefaultScopes(tx, asked),
        ...Object.fromEntries(decidedHere.map((setting) => [setting, present[setting]])),
        allowedOrigins: followRedirectUris(before, asked),
      },
    );
    const { redirectsBeforeSignIn } = present;
    return permitFields(context, tx, { ...fields, redirectsBeforeSignIn }, before);
  });
}

/** The rules of every application speak of its fields, the wire of one member. */
async function withMetadataErrors<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof ValidationError ? toMetadataError(error.fieldErrors) : error;
  }
}

/** RFC 7591 §2 `scope`: a client registers the list that it will send, so what is ignored there is left out here. */
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
 * RFC 7591 §2 `scope`: what a client may have that asks for nothing in particular. Where people sign in, that includes
 * OpenID: few of its clients name a scope before they send a request.
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
