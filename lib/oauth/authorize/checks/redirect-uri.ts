import { matchesRedirectUri } from "../../client/redirect-uri";
import type { Client } from "../../ports/client";
import { hasValidHost } from "../../wire/address-host";
import { type Diagnosis, UntrustedRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

export interface CheckedRedirectUri {
  redirectUri: string;
  /** Whether the client named it. */
  redirectUriSent: boolean;
}

/**
 * RFC 9700 §4.1.3: the redirect URI is one of the registered ones. It may be omitted if exactly one is registered (RFC
 * 6749 §3.1.2.3). Until this check has passed, no answer may be a redirect.
 */
export function checkRedirectUri(client: Client, parameters: Parameters): CheckedRedirectUri {
  const sent = parameters.get("redirect_uri");
  if (sent === undefined) {
    const [only, ...others] = listUsable(client);
    if (only === undefined || others.length > 0) {
      throw new UntrustedRequestError("redirect_uri_missing", diagnose(client, undefined));
    }
    return { redirectUri: only, redirectUriSent: false };
  }
  assertRegistered(client, sent);
  return { redirectUri: sent, redirectUriSent: true };
}

/** Also used when a pending request continues: the URI that it was stored with may have been removed meanwhile. */
export function assertRegistered(client: Client, redirectUri: string): void {
  if (isRegistered(client, redirectUri)) return;
  throw new UntrustedRequestError("redirect_uri_unregistered", diagnose(client, redirectUri));
}

export function isRegistered(client: Client, redirectUri: string): boolean {
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
