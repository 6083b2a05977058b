import type { TemporaryRedirectUri } from "../../ports/authorization-stores";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { digest } from "../../wire/digest";
import { UntrustedRequestError } from "../../wire/errors";

/**
 * A redirect URI that counts as registered for this client at the moment, although it isn't (docs/adr/0067). It is
 * always an address of this server, so what anyone else makes up is looked up nowhere.
 */
export async function findTemporaryRedirectUri(
  context: OAuthContext,
  client: Client,
  redirectUri: string,
): Promise<TemporaryRedirectUri | null> {
  if (!redirectUri.startsWith(`${context.issuer}/`)) return null;
  const found = await context.stores.temporaryRedirectUris.find(digest(redirectUri));
  return found?.applicationId === client.id && found.expiresAt > context.now() ? found : null;
}

/** Nobody else is led to an address that is for one user: they read why on a page. */
export function assertHolder(
  client: Client,
  { redirectUri, onlyUserId }: { redirectUri: string; onlyUserId: string | null },
  userId: string | null,
): void {
  if (onlyUserId === null || onlyUserId === userId) return;
  throw new UntrustedRequestError(
    "test_of_other_user",
    { clientId: client.clientId, applicationId: client.id, redirectUri },
    { error: "access_denied", status: 403 },
  );
}
