import "server-only";
import type { Prisma } from "@/lib/db/client";
import { findSettings } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import { endpoints } from "@/lib/oauth/endpoints";
import { toNumericDate } from "@/lib/oauth/keys/sign-jwt";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { readClientDescription } from "@/lib/oauth/registration/client-description";
import { writeClientMetadata } from "@/lib/oauth/registration/client-metadata";
import { digest } from "@/lib/oauth/wire/digest";
import { InvalidTokenError, OAuthError } from "@/lib/oauth/wire/errors";
import { usesClientSecret } from "../applications/credentials/uses-client-secret";
import type { ServiceContext, Transaction } from "../context";

/** The columns of a client that registered itself, without its settings. */
export const clientColumns = {
  id: true,
  clientId: true,
  metadata: true,
  securityProfileSetBy: true,
  disabledAt: true,
  createdAt: true,
  secrets: { where: { revokedAt: null }, orderBy: { createdAt: "asc" } },
} as const satisfies Prisma.ApplicationSelect;

export interface ClientRecord extends Prisma.ApplicationGetPayload<{ select: typeof clientColumns }> {
  settings: ClientSettings;
}

export async function findClientRecord(
  db: Pick<Transaction, "application" | "$queryRaw">,
  where: Prisma.ApplicationWhereUniqueInput,
): Promise<ClientRecord | null> {
  const row = await db.application.findUnique({ where, select: clientColumns });
  const settings = row && (await findSettings(db, row.id));
  return settings && { ...row, settings };
}

/** RFC 7591 §3.2.1, RFC 7592 §3: a client as described in responses. */
export type ClientInformation = Readonly<Record<string, unknown>>;

/**
 * The client of a registration access token, if it is the named one (RFC 7592 §2). A disabled client can read and
 * change nothing, or it could enable itself again.
 * @throws InvalidTokenError, OAuthError `access_denied`
 */
export async function findRegisteredClient(clientId: string, token: string | null): Promise<ClientRecord> {
  const client =
    token === null ? null : await findClientRecord(getPrisma(), { registrationAccessTokenHash: digest(token) });
  if (client?.clientId !== clientId) throw new InvalidTokenError();
  if (client.disabledAt !== null) {
    throw new OAuthError("access_denied", "This client has been disabled.", { status: 403 });
  }
  return client;
}

/** `clientSecret` is in the clear, and only present if this request created it. */
export function toClientInformation(
  { settings: { publicUrl } }: ServiceContext,
  record: ClientRecord,
  now: Date,
  credentials: { registrationToken: string; clientSecret: string | null },
): ClientInformation {
  const { clientId, createdAt, settings, metadata } = record;
  return {
    client_id: clientId,
    ...(credentials.clientSecret === null ? {} : { client_secret: credentials.clientSecret }),
    client_id_issued_at: toNumericDate(createdAt),
    ...(usesClientSecret(settings) ? { client_secret_expires_at: findSecretsEnd(record, now) } : {}),
    registration_access_token: credentials.registrationToken,
    registration_client_uri: `${publicUrl}${endpoints.registration.path}/${clientId}`,
    ...writeClientMetadata({ ...settings, description: readClientDescription(metadata) }),
  };
}

/** The currently active secrets. */
export function findLiveSecrets({ secrets }: Pick<ClientRecord, "secrets">, now: Date): ClientRecord["secrets"] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}

/** When the client's last secret expires; 0: never (RFC 7591 §3.2.1). */
function findSecretsEnd({ secrets }: Pick<ClientRecord, "secrets">, now: Date): number {
  const ends = findLiveSecrets({ secrets }, now).map(({ expiresAt }) => expiresAt);
  if (ends.includes(null)) return 0;
  return Math.max(toNumericDate(now), ...ends.map((end) => toNumericDate(end ?? now)));
}
