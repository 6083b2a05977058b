import "server-only";
import { env } from "@/lib/env";
import { type ClientMetadata, readClientMetadata, toMetadataError } from "@/lib/oauth/client-metadata";
import { findFetchUrlProblem } from "@/lib/outbound/fetch-url";
import { type ApplicationFields, applicationSchema } from "../applications/application-schema";
import { checkPermittedFields } from "../applications/check-permitted-fields";
import type { ServiceContext, Transaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";

/** What only people here decide of an application: a client neither has a say in it nor loses it by a change of its own. */
type DecidedHere = Pick<ApplicationFields, "requirePkce" | "skipConsent" | "allowedOrigins">;

/** What the client is already. */
export type Before = DecidedHere & { allowedScopes: string[]; redirectUris: readonly string[] };

const nothingBefore: Before = {
  requirePkce: false,
  skipConsent: false,
  allowedOrigins: [],
  allowedScopes: [],
  redirectUris: [],
};

/** Reads a request's metadata as far as it can be judged by itself. Throws the errors of RFC 7591 §3.2.2. */
export function readMetadata(body: unknown): ClientMetadata {
  const metadata = readClientMetadata(body);
  const problem = metadata.jwksUri && findFetchUrlProblem(metadata.jwksUri);
  if (problem) throw toMetadataError({ jwksUri: [problem] });
  return metadata;
}

/**
 * The application that the metadata comes to, whole: with what people here have decided of it, and held against the very
 * rules that the forms apply. Throws the errors of RFC 7591 §3.2.2.
 */
export async function toApplicationFields(
  context: ServiceContext,
  tx: Transaction,
  { metadata, clientId }: { metadata: ClientMetadata; clientId: string },
  before: Before = nothingBefore,
): Promise<ApplicationFields> {
  const { description: _description, scopes, name, ...asked } = metadata;
  try {
    const fields = parseInput(applicationSchema({ allowHttp: env().ALLOW_HTTP_REDIRECT_URIS }), {
      ...asked,
      // RFC 7591 §2: what people are shown where a client has no name.
      name: name ?? clientId,
      allowedScopes: scopes ?? (await listDefaultScopes(tx)),
      requirePkce: before.requirePkce,
      allowedOrigins: before.allowedOrigins,
      // An administrator has given this leave for the addresses of that time.
      skipConsent: before.skipConsent && isSameList(asked.redirectUris, before.redirectUris),
    });
    await checkPermittedFields(context, tx, fields, before);
    return fields;
  } catch (error) {
    throw error instanceof ValidationError ? toMetadataError(error.fieldErrors) : error;
  }
}

/** RFC 7591 §2 `scope`: what a client may have that asks for nothing in particular. */
async function listDefaultScopes(tx: Transaction): Promise<string[]> {
  const scopes = await tx.scope.findMany({
    where: { isDefault: true, isRestricted: false },
    orderBy: { name: "asc" },
    select: { name: true },
  });
  return scopes.map(({ name }) => name);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
