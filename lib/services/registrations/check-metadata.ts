import "server-only";
import { env } from "@/lib/env";
import { type ClientMetadata, readClientMetadata } from "@/lib/oauth/client-metadata";
import { toMetadataError } from "@/lib/oauth/client-metadata-errors";
import { openidScopes } from "@/lib/oauth/openid/claims";
import { deviceCodeGrant } from "@/lib/oauth/types";
import { type ApplicationFields, applicationSchema } from "../applications/application-schema";
import { checkFetchedAddresses } from "../applications/check-fetched-addresses";
import { checkPermittedFields } from "../applications/check-permitted-fields";
import { checkSectorIdentifier } from "../applications/check-sector-identifier";
import type { ServiceContext, Transaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { admitSectorFetch } from "./admit-registration";

/** What only people here decide of an application: a client neither has a say in it nor loses it by a change of its own. */
type DecidedHere = Pick<
  ApplicationFields,
  "requirePkce" | "skipConsent" | "redirectsBeforeSignIn" | "allowedOrigins" | "securityProfile"
>;

/** What the client is already. */
export type Before = DecidedHere & { allowedScopes: string[]; redirectUris: readonly string[] };

const nothingBefore: Before = {
  requirePkce: false,
  skipConsent: false,
  redirectsBeforeSignIn: false,
  allowedOrigins: [],
  securityProfile: null,
  allowedScopes: [],
  redirectUris: [],
};

/**
 * Reads a request's metadata as far as it can be judged without the database, and asks the sector that it claims. Throws
 * the errors of RFC 7591 §3.2.2.
 */
export function readMetadata(context: ServiceContext, body: unknown): Promise<ClientMetadata> {
  return withMetadataErrors(async () => {
    const metadata = readClientMetadata(body);
    checkFetchedAddresses(metadata);
    if (metadata.sectorIdentifierUri) await admitSectorFetch(context);
    await checkSectorIdentifier(metadata);
    return metadata;
  });
}

/**
 * The application that the metadata comes to, whole: with what people here have decided of it, and held against the very
 * rules that the forms apply. Throws the errors of RFC 7591 §3.2.2.
 */
export function toApplicationFields(
  context: ServiceContext,
  tx: Transaction,
  { metadata, clientId }: { metadata: ClientMetadata; clientId: string },
  before: Before = nothingBefore,
): Promise<ApplicationFields> {
  const { description: _description, scopes, name, ...asked } = metadata;
  return withMetadataErrors(async () => {
    const fields = parseInput(applicationSchema({ allowHttp: env().ALLOW_HTTP_REDIRECT_URIS }), {
      ...asked,
      // RFC 7591 §2: what people are shown where a client has no name.
      name: name ?? clientId,
      allowedScopes: scopes ?? (await listDefaultScopes(tx, asked)),
      requirePkce: before.requirePkce,
      allowedOrigins: before.allowedOrigins,
      securityProfile: before.securityProfile,
      // An administrator has given this leave for the addresses of that time.
      skipConsent: before.skipConsent && isSameList(asked.redirectUris, before.redirectUris),
      redirectsBeforeSignIn: before.redirectsBeforeSignIn && isSameList(asked.redirectUris, before.redirectUris),
    });
    await checkPermittedFields(context, tx, fields, before);
    return fields;
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

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
