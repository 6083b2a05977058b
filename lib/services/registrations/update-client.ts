import "server-only";
import { z } from "zod";
import { toSettingColumns } from "@/lib/db/oauth/client-settings";
import { describeChanges } from "@/lib/limits/bounded-details";
import { verifySecret } from "@/lib/oauth/client/secret-schemes";
import { readClientDescription } from "@/lib/oauth/registration/client-description";
import { InvalidClientMetadataError, toWireName } from "@/lib/oauth/registration/client-metadata-errors";
import { digest, generateClientSecret, randomToken } from "@/lib/oauth/wire/digest";
import { InvalidRequestError, InvalidTokenError } from "@/lib/oauth/wire/errors";
import { usesClientSecret } from "../applications/credentials/uses-client-secret";
import { endGrantsOfOtherSector } from "../applications/end-grants-of-sector";
import { endScopes } from "../applications/end-scopes";
import { toSecretRow } from "../applications/register-application";
import { type EndedPrivileges, hasEnded } from "../applications/settings/privileges";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { publishSigningKeys } from "../signing-keys/publish-signing-keys";
import { admitUpdate } from "./authorize-registration";
import { readMetadata, toApplicationFields } from "./check-metadata";
import {
  type ClientInformation,
  type ClientRecord,
  clientColumns,
  findClientRecord,
  findLiveSecrets,
  findRegisteredClient,
  toClientInformation,
} from "./registered-client";

/**
 * Replaces a client's registration with what it sends now, and its registration access token with a new one (RFC 7592
 * §2.2). Of parallel updates with one token exactly one is accepted.
 * @throws InvalidTokenError, TooManyRequestsError, InvalidRequestError, InvalidRedirectUriError,
 *   InvalidClientMetadataError
 */
export async function updateClient(
  context: ServiceContext,
  clientId: string,
  token: string | null,
  body: unknown,
): Promise<ClientInformation> {
  const { id } = await findRegisteredClient(clientId, token);
  const { client_secret: claimedSecret } = readIdentity(body, clientId);
  const metadata = await readMetadata(context, body);
  await admitUpdate(context, id);
  const registrationToken = randomToken();
  const updated = await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    await rotateRegistrationToken(tx, id, token ?? "", registrationToken);
    const before = await findClientRecord(tx, { id });
    if (!before) throw new InvalidTokenError();
    checkSecret(before, claimedSecret, at);
    const { settings, securityProfileSetBy } = before;
    const described = readClientDescription(before.metadata);
    const permitted = { ...settings, securityProfileSetBy };
    const { fields, ended } = await toApplicationFields(context, tx, { metadata, clientId }, permitted);
    const clientSecret = await replaceSecrets(tx, before, usesClientSecret(fields), at);
    const endedGrants = await endGrantsOfOtherSector(tx, {
      applicationId: id,
      before: { ...settings, clientId },
      after: { ...fields, clientId },
      at,
    });
    await tx.redirectUri.deleteMany({ where: { applicationId: id } });
    const row = await tx.application.update({
      where: { id },
      data: { ...toSettingColumns(fields), metadata: metadata.description, updatedAt: at },
      select: clientColumns,
    });
    await endScopes(tx, id, ended.restrictedScopes, at);
    await audit.record({
      type: "application.updated",
      at,
      applicationId: id,
      details: {
        source: "dynamic",
        ...describeChanges({ ...settings, ...described }, { ...fields, ...blank(described), ...metadata.description }),
        ...(hasEnded(ended) ? { ended } : {}),
        ...(endedGrants === null ? {} : { endedGrants }),
      },
    });
    const information = toClientInformation(context, { ...row, settings: fields }, at, {
      registrationToken,
      clientSecret,
    });
    return { fields, information: { ...information, ...tellEnded(ended) } };
  });
  await publishSigningKeys(updated.fields);
  return updated.information;
}

/** So that a member that is no longer given counts as changed. */
function blank(described: object): Record<string, null> {
  return Object.fromEntries(Object.keys(described).map((name) => [name, null]));
}

/** RFC 7591 §3.2.1 allows additional members: this one is our own, and other clients ignore it. */
function tellEnded(ended: EndedPrivileges): ClientInformation {
  if (!hasEnded(ended)) return {};
  const scopes = ended.restrictedScopes.length > 0 ? ["allowedScopes"] : [];
  return { ended_permissions: [...ended.fields, ...scopes].map(toWireName) };
}

const identitySchema = z.object({ client_id: z.string(), client_secret: z.string().nullish() });

/** RFC 7592 §2.2: the request names its client, and omits what only the server sets. */
const serverManagedMembers = [
  "registration_access_token",
  "registration_client_uri",
  "client_secret_expires_at",
  "client_id_issued_at",
];

function readIdentity(body: unknown, clientId: string): z.output<typeof identitySchema> {
  const identity = identitySchema.safeParse(body);
  if (!identity.success || identity.data.client_id !== clientId) {
    throw new InvalidClientMetadataError("client_id must be the one that this client has.");
  }
  const unexpected = serverManagedMembers.find((name) => Object.hasOwn(Object(body), name));
  if (unexpected) throw new InvalidRequestError(`An update must not include ${unexpected}.`);
  return identity.data;
}

/** The guarded statement locks the row, so what is read of the client afterwards is current. */
async function rotateRegistrationToken(tx: Transaction, id: string, token: string, next: string): Promise<void> {
  const { count } = await tx.application.updateMany({
    where: { id, registrationAccessTokenHash: digest(token), disabledAt: null },
    data: { registrationAccessTokenHash: digest(next) },
  });
  if (count !== 1) throw new InvalidTokenError();
}

/** RFC 7592 §2.2: a secret in the request must be the client's own; it can't choose another. */
function checkSecret(client: ClientRecord, claimed: string | null | undefined, now: Date): void {
  if (claimed === null || claimed === undefined) return;
  // All of them, so that the time doesn't reveal which one is right.
  if (!findLiveSecrets(client, now).filter((secret) => verifySecret(claimed, secret)).length) {
    throw new InvalidClientMetadataError("client_secret must be the one that this client has.");
  }
}

/**
 * A client that begins to authenticate by secret gets one, in the clear only this once; one that stops loses all of
 * them. One that continues keeps those it has: an update can't replace a secret that was revoked here.
 */
async function replaceSecrets(
  tx: Transaction,
  before: ClientRecord,
  needsSecret: boolean,
  at: Date,
): Promise<string | null> {
  const neededSecret = usesClientSecret(before.settings);
  if (neededSecret && !needsSecret) {
    await tx.clientSecret.updateMany({ where: { applicationId: before.id, revokedAt: null }, data: { revokedAt: at } });
  }
  if (neededSecret || !needsSecret) return null;
  const clientSecret = generateClientSecret();
  const row = { ...toSecretRow(clientSecret, "Made at an update"), applicationId: before.id, createdAt: at };
  await tx.clientSecret.create({ data: row, select: { id: true } });
  return clientSecret;
}
