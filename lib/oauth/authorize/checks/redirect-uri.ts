import { matchesRedirectUri } from "../../client/redirect-uri";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { hasValidHost } from "../../wire/address-host";
import { type Diagnosis, UntrustedRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { findTemporaryRedirectUri } from "./temporary-redirect-uri";

export interface CheckedRedirectUri {
  redirectUri: string;
  /** Whether the client named it. */
  redirectUriSent: boolean;
  /** The one user whom an answer may be about (docs/adr/0067); null: any. */
  onlyUserId: string | null;
}

/**
 * RFC 9700 §4.1.3: the redirect URI is one of the registered ones. It may be omitted if exactly one is registered (RFC
 * 6749 §3.1.2.3). Until this check has passed, no answer may be a redirect.
 */
export async function checkRedirectUri(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
): Promise<CheckedRedirectUri> {
  const sent = parameters.get("redirect_uri");
  if (sent === undefined) {
    const [only, ...others] = listUsable(client);
    if (only === undefined || others.length > 0) {
      throw new UntrustedRequestError("redirect_uri_missing", diagnose(client, undefined));
    }
    return { redirectUri: only, redirectUriSent: false, onlyUserId: null };
  }
  const onlyUserId = await assertRegistered(context, client, sent);
  return { redirectUri: sent, redirectUriSent: true, onlyUserId };
}

/**
 * The one user whom an answer there may be about; null: any. Also used when a pending request continues: the URI that
 * it was stored with may have been removed meanwhile.
 */
export async function assertRegistered(
  context: OAuthContext,
  client: Client,
  redirectUri: string,
): Promise<string | null> {
  if (isRegistered(client, redirectUri)) return null;
  const temporary = await findTemporaryRedirectUri(context, client, redirectUri);
  // One answer arrives there, and no second.
  if (temporary?.consumedAt === null) return temporary.userId;
  throw new UntrustedRequestError("redirect_uri_unregistered", diagnose(client, redirectUri));
}

/** Whether a code that was issued for this redirect URI and user may still be redeemed. */
export async function isStillRegistered(
  context: OAuthContext,
  client: Client,
  { redirectUri, userId }: { redirectUri: string; userId: string },
): Promise<boolean> {
  if (isRegistered(client, redirectUri)) return true;
  return (await findTemporaryRedirectUri(context, client, redirectUri))?.userId === userId;
}

function isRegistered(client: Client, redirectUri: string): boolean {
  return listUsable(client).some((registered) => matchesRedirectUri(registered, redirectUri, client.kind));
}

/** An address that was registered before hosts were checked and is no longer allowed gets no answers. */
function listUsable({ redirectUris }: Client): string[] {
  return redirectUris.filter(hasValidHost);
}

function diagnose(client: Client, redirectUri: string | undefined): Diagnosis {
  const { clientId, id: applicationId, redirectUris: registeredRedirectUris } = client;
  return { clientId, applicationId, redirectUri, registeredRedirectUris };
}
