import { digest, equalDigests } from "./digest";
import { InvalidClientError, InvalidRequestError } from "./errors";
import type { Parameters } from "./parameters";
import type { ClientStore } from "./store";
import type { Client, ClientSecret } from "./types";

/** How often, in milliseconds, the use of a secret is written down. */
const useResolution = 60_000;

interface PresentedCredentials {
  clientId: string;
  clientSecret: string | null;
}

/**
 * Authenticates the client of a token request (RFC 6749 §2.3, §3.2.1): HTTP Basic or the body, never both; a public
 * client by its `client_id` alone. Throws `invalid_request` on two methods at once and `invalid_client` on the rest.
 */
export async function authenticateClient(
  clients: ClientStore,
  authorization: string | null,
  parameters: Parameters,
  now: Date,
): Promise<Client> {
  const presented = readCredentials(authorization, parameters);
  const client = isClientId(presented.clientId) ? await clients.find(presented.clientId) : null;
  if (!client || client.disabled) throw new InvalidClientError();
  if (client.clientType === "public") {
    // A public client has no secret, so one that is presented can't be right.
    if (presented.clientSecret !== null) throw new InvalidClientError();
    return client;
  }
  const secret = presented.clientSecret === null ? null : findMatchingSecret(client, presented.clientSecret, now);
  if (!secret) throw new InvalidClientError();
  if (!secret.lastUsedAt || now.getTime() - secret.lastUsedAt.getTime() >= useResolution) {
    await clients.recordSecretUse(secret.id, now);
  }
  return client;
}

/** RFC 6749 Appendix A.1: `VSCHAR`. Anything else names no client. */
export function isClientId(value: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(value);
}

function findMatchingSecret(client: Client, presented: string, now: Date): ClientSecret | null {
  const presentedHash = digest(presented);
  const matching = client.secrets.filter((secret) => equalDigests(secret.hash, presentedHash));
  return matching.find((secret) => !secret.expiresAt || secret.expiresAt > now) ?? null;
}

function readCredentials(authorization: string | null, parameters: Parameters): PresentedCredentials {
  const bodyId = parameters.get("client_id");
  const bodySecret = parameters.get("client_secret");
  if (authorization === null) {
    if (bodyId === undefined) throw new InvalidClientError();
    return { clientId: bodyId, clientSecret: bodySecret ?? null };
  }
  // RFC 6749 §2.3: MUST NOT use more than one authentication method in each request.
  if (bodySecret !== undefined) throw new InvalidRequestError("More than one client authentication method was used.");
  const basic = parseBasic(authorization);
  if (bodyId !== undefined && bodyId !== basic.clientId) {
    throw new InvalidRequestError("The client_id differs from that of the Authorization header.");
  }
  return basic;
}

/** RFC 7617 with the form-encoding of both halves that RFC 6749 §2.3.1 asks for; the scheme is read in any case. */
function parseBasic(header: string): PresentedCredentials {
  const credentials = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header)?.[1];
  if (!credentials) throw new InvalidClientError();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(credentials, "base64"));
    const colon = text.indexOf(":");
    if (colon < 0) throw new InvalidClientError();
    return { clientId: decodeForm(text.slice(0, colon)), clientSecret: decodeForm(text.slice(colon + 1)) || null };
  } catch {
    throw new InvalidClientError();
  }
}

function decodeForm(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
