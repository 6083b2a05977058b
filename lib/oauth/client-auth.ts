import type { Client, ClientAuthMethod, ClientSecret } from "./client";
import { readAssertionSubject, verifyClientAssertion } from "./client-assertion";
import type { ClientRequest } from "./client-request";
import type { OAuthContext } from "./context";
import { digest, equalDigests, hasGeneratedForm } from "./digest";
import { InvalidClientError, InvalidRequestError, TooManyFailuresError } from "./errors";
import { findClient } from "./find-client";
import type { Parameters } from "./parameters";
import type { AttemptRule } from "./store";

/** How often, in milliseconds, the use of a secret is written down. */
const useResolution = 60_000;

/** Failures of one network at one client: from then on each further one is answered 429 until the window ends. */
const failuresAtClient: AttemptRule = { limit: 30, window: 300 };
/** The same at any client. */
const failuresFromNetwork: AttemptRule = { limit: 600, window: 300 };

/** RFC 7523 §2.2. */
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

type Presented =
  | { method: "none"; clientId: string }
  | { method: "client_secret_basic" | "client_secret_post"; clientId: string; clientSecret: string }
  | { method: "private_key_jwt"; clientId: string; assertion: string };

/** A client that has proved who it is. */
export interface AuthenticatedClient {
  client: Client;
  /**
   * Uses up what may be presented once only (RFC 7523 §3 `jti`); does nothing for a secret. It comes after everything that
   * the client could be asked to send again with the same credentials, like a DPoP nonce.
   * @throws InvalidClientError if it was used before
   */
  consume(): Promise<void>;
}

/**
 * Authenticates the client of a request (RFC 6749 §2.3, §3.2.1; RFC 7523 §3) by the one method it is registered for; a
 * client without a registered method by either secret method, or by its `client_id` alone if it is public. Throws
 * `invalid_request` on two methods at once, `invalid_client` on the rest, and 429 after too many failures. Failures before
 * don't matter to credentials that are right, except for secrets that somebody chose: how many of those can be tried is
 * limited.
 */
export async function authenticateClient(
  context: OAuthContext,
  request: ClientRequest,
  parameters: Parameters,
): Promise<AuthenticatedClient> {
  const presented = readCredentials(request.authorization, parameters);
  const client = isClientId(presented.clientId) ? await findClient(context.stores.clients, presented.clientId) : null;
  const attempt = { client, presented, request, now: context.now() };
  const countFailure = (error: unknown) => refuse(context, attempt, error);
  const verified = await verify(context, attempt).catch(countFailure);
  return { client: verified.client, consume: () => verified.consume().catch(countFailure) };
}

interface Attempt {
  /** Null if no client has the id. */
  client: Client | null;
  presented: Presented;
  request: ClientRequest;
  now: Date;
}

/** Counts a failure, and tells of it: that it is one, or that there were too many. */
async function refuse(
  { stores }: OAuthContext,
  { client, presented, request, now }: Attempt,
  error: unknown,
): Promise<never> {
  if (!(error instanceof InvalidClientError)) throw error;
  const fromNetwork = [`clients from ${request.network}`, failuresFromNetwork] as const;
  let wait: number;
  if (client && isGuess(presented)) {
    // Counted even after the network's limit, which alone would let guesses be compared without end.
    wait =
      (await stores.attempts.count([guessesAt(client, request)], now)) ||
      (await stores.attempts.count([fromNetwork], now));
  } else {
    // Ids that name no client count together: what is counted doesn't grow with the names that are made up.
    const key = `${client ? `client ${client.clientId}` : "unknown client"} from ${request.network}`;
    wait = await stores.attempts.count([[key, failuresAtClient], fromNetwork], now);
  }
  if (wait > 0) throw new TooManyFailuresError(wait);
  throw error;
}

/** Apart from other failures: a replica with an old generated secret uses up no guess at a chosen one. */
function guessesAt(client: Client, { network }: ClientRequest): readonly [key: string, rule: AttemptRule] {
  return [`secret of client ${client.clientId} from ${network}`, failuresAtClient];
}

/** Whether a secret was presented that could be found by trying. */
function isGuess(presented: Presented): boolean {
  return "clientSecret" in presented && !hasGeneratedForm(presented.clientSecret);
}

/** RFC 6749 Appendix A.1: `VSCHAR`. Anything else names no client. */
export function isClientId(value: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(value);
}

/** The methods that this client may use: the registered one, and only where none is registered a choice. */
export function acceptedAuthMethods(
  client: Pick<Client, "clientType" | "tokenEndpointAuthMethod">,
): readonly ClientAuthMethod[] {
  if (client.tokenEndpointAuthMethod) return [client.tokenEndpointAuthMethod];
  return client.clientType === "public" ? ["none"] : ["client_secret_basic", "client_secret_post"];
}

async function verify(context: OAuthContext, attempt: Attempt): Promise<AuthenticatedClient> {
  const { client, presented, request, now } = attempt;
  if (!client) throw new InvalidClientError("unknown client");
  if (client.disabled) throw new InvalidClientError("disabled client");
  if (!acceptedAuthMethods(client).includes(presented.method)) throw new InvalidClientError("other method registered");
  if (presented.method === "private_key_jwt") {
    const { consume } = await verifyClientAssertion(context, client, presented.assertion);
    return { client, consume };
  }
  if (presented.method !== "none") {
    const wait = isGuess(presented) ? await context.stores.attempts.wait([guessesAt(client, request)], now) : 0;
    if (wait > 0) throw new TooManyFailuresError(wait);
    const secret = findMatchingSecret(client, presented.clientSecret, now);
    if (!secret) throw new InvalidClientError("wrong secret");
    if (!secret.lastUsedAt || now.getTime() - secret.lastUsedAt.getTime() >= useResolution) {
      await context.stores.clients.recordSecretUse(secret.id, now, request.ipAddress);
    }
  }
  return { client, consume: async () => {} };
}

function findMatchingSecret(client: Client, presented: string, now: Date): ClientSecret | null {
  const presentedHash = digest(presented);
  const matching = client.secrets.filter((secret) => equalDigests(secret.hash, presentedHash));
  return matching.find((secret) => !secret.expiresAt || secret.expiresAt > now) ?? null;
}

function readCredentials(authorization: string | null, parameters: Parameters): Presented {
  const bodyId = parameters.get("client_id");
  const bodySecret = parameters.get("client_secret");
  const assertion = parameters.get("client_assertion");
  // RFC 6749 §2.3: MUST NOT use more than one authentication method in each request.
  if ([authorization, bodySecret ?? null, assertion ?? null].filter((part) => part !== null).length > 1) {
    throw new InvalidRequestError("More than one client authentication method was used.");
  }
  if (authorization !== null) return readBasic(authorization, bodyId);
  if (assertion !== undefined) return readAssertion(assertion, parameters);
  if (bodyId === undefined) throw new InvalidClientError("no client named");
  if (bodySecret === undefined) return { method: "none", clientId: bodyId };
  return { method: "client_secret_post", clientId: bodyId, clientSecret: bodySecret };
}

function readBasic(authorization: string, bodyId: string | undefined): Presented {
  const basic = parseBasic(authorization);
  if (bodyId !== undefined && bodyId !== basic.clientId) {
    throw new InvalidRequestError("The client_id differs from that of the Authorization header.");
  }
  return basic;
}

/** RFC 7521 §4.2: the assertion names the client; a `client_id` beside it must be the same. */
function readAssertion(assertion: string, parameters: Parameters): Presented {
  const clientId = readAssertionSubject(assertion);
  const named = parameters.get("client_id");
  if (parameters.get("client_assertion_type") !== assertionType) throw new InvalidClientError("assertion type");
  if (clientId === null || (named !== undefined && named !== clientId))
    throw new InvalidClientError("assertion subject");
  return { method: "private_key_jwt", clientId, assertion };
}

/**
 * RFC 7617 with the form-encoding of both halves that RFC 6749 §2.3.1 asks for; the scheme is read in any case. An empty
 * secret is none.
 */
function parseBasic(header: string): Presented {
  const credentials = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header)?.[1];
  if (!credentials) throw new InvalidClientError("malformed Authorization header");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(credentials, "base64"));
    const colon = text.indexOf(":");
    if (colon < 0) throw new InvalidClientError("no colon");
    const clientId = decodeForm(text.slice(0, colon));
    const clientSecret = decodeForm(text.slice(colon + 1));
    return clientSecret === ""
      ? { method: "none", clientId }
      : { method: "client_secret_basic", clientId, clientSecret };
  } catch {
    throw new InvalidClientError("malformed credentials");
  }
}

function decodeForm(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
