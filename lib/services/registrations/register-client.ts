import "server-only";
import { toSettingColumns } from "@/lib/db/oauth/client-settings";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, generateClientId, generateClientSecret, randomToken } from "@/lib/oauth/wire/digest";
import { toClientIdKey } from "../applications/credentials/client-ids";
import { usesClientSecret } from "../applications/credentials/uses-client-secret";
import { toSecretRow } from "../applications/register-application";
import { type ServiceContext, withTransaction } from "../context";
import { publishSigningKeys } from "../signing-keys/publish-signing-keys";
import { authorizeRegistration, consumeInitialAccessToken } from "./authorize-registration";
import { readMetadata, toApplicationFields } from "./check-metadata";
import { type ClientInformation, clientColumns, toClientInformation } from "./registered-client";

/** When an unused client is deleted; null if unused ones are kept. */
function toUnusedEnd({ settings }: ServiceContext, at: Date): Date | null {
  const lifetime = settings.unusedClientLifetime;
  return lifetime === 0 ? null : addSeconds(at, lifetime);
}

/**
 * Registers the application that a program describes (RFC 7591 §3). `initialAccessToken` is null if it sent none.
 * @throws InvalidTokenError, TooManyRequestsError, InvalidRedirectUriError, InvalidClientMetadataError
 */
export async function registerClient(
  context: ServiceContext,
  initialAccessToken: string | null,
  body: unknown,
): Promise<ClientInformation> {
  await authorizeRegistration(context, initialAccessToken);
  const metadata = await readMetadata(context, body);
  const clientId = generateClientId();
  const registrationToken = randomToken();
  const registered = await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const { fields } = await toApplicationFields(context, tx, { metadata, clientId }, null);
    // Only now, so that a refused registration uses up nothing.
    const tokenId = initialAccessToken === null ? null : await consumeInitialAccessToken(tx, initialAccessToken, at);
    const clientSecret = usesClientSecret(fields) ? generateClientSecret() : null;
    const row = await tx.application.create({
      data: {
        ...toSettingColumns(fields),
        clientId,
        clientIdKey: toClientIdKey(clientId),
        createdAt: at,
        updatedAt: at,
        registrationSource: "dynamic",
        expiresAt: toUnusedEnd(context, at),
        registrationAccessTokenHash: digest(registrationToken),
        metadata: metadata.description,
        ...(clientSecret === null ? {} : { secrets: { create: toSecretRow(clientSecret, "First secret") } }),
      },
      select: clientColumns,
    });
    await audit.record({
      type: "application.registered",
      at,
      applicationId: row.id,
      details: { source: "dynamic", initialAccessTokenId: tokenId, clientId, ...fields, ...metadata.description },
    });
    const client = { ...row, settings: fields };
    return { fields, information: toClientInformation(context, client, at, { registrationToken, clientSecret }) };
  });
  await publishSigningKeys(registered.fields);
  return registered.information;
}
