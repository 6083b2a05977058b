import type { Client, ClientSecret } from "../ports/client";
import type { ClientAuthMethod } from "../ports/client-choices";
import type { OAuthContext } from "../ports/context";
import type { AttemptRule } from "../ports/store";
import { hasGeneratedForm } from "../wire/digest";
import { InvalidClientError, OAuthError, TooManyFailuresError } from "../wire/errors";
import type { ClientRequest } from "../wire/messages";
import type { Parameters } from "../wire/parameters";
import { verifyClientAssertion } from "./client-assertion";
import { type Presented, readCredentials } from "./client-credentials";
import { findClient } from "./find-client";
import { hashSecret, isSecretOutdated, verifySecret } from "./secret-schemes";

/** How often, in milliseconds, the use of a secret is recorded. */
const lastUsedWriteInterval = 60_000;

/** Failures of one network at one client: from then on each further one is answered 429 until the window ends. */
const failuresAtClient: AttemptRule = { limit: 30, window: 300 };
/** The same at any client. */
const failuresFromNetwork: AttemptRule = { limit: 600, window: 300 };

/** An authenticated client. */
export interface AuthenticatedClient {
  client: Client;
  /**
   * Uses up what works only once (RFC 7523 §3 `jti`); does nothing for a secret. Called after every check that may ask
   * the client to repeat the request with the same credentials, like that of a DPoP nonce.
   * @throws InvalidClientError if it was used before
   */
  consume(): Promise<void>;
}

/**
 * Authenticates the client of a request (RFC 6749 §2.3, §3.2.1; RFC 7523 §3) by the one method it is registered for; a
 * client without a registered method by either secret method, or by its `client_id` alone if it is public. Earlier
 * failures don't affect correct credentials, except secrets that were chosen by hand, for which guesses are limited.
 * @throws InvalidRequestError on two methods at once, TooManyFailuresError after too many failures, InvalidClientError
 * otherwise
 */
export async function authenticateClient(
  context: OAuthContext,
  request: ClientRequest,
  parameters: Parameters,
): Promise<AuthenticatedClient> {
  const readings = readCredentials(request.authorization, parameters);
  const failures: Failure[] = [];
  for (const attempt of await findAttempts(context, readings, request)) {
    const fail = (error: unknown) => refuse(context, [...failures, { attempt, error }], request);
    try {
      const { client, consume } = await verify(context, attempt);
      return { client, consume: () => consume().catch(fail) };
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      failures.push({ attempt, error });
    }
  }
  return refuse(context, failures, request);
}

/** The readings of a request's credentials for one client ID. */
interface Attempt {
  /** Null if no client has the id. */
  client: Client | null;
  /** All with the same client ID; two of them differ only in the secret. */
  readings: readonly Presented[];
  request: ClientRequest;
  now: Date;
}

interface Failure {
  attempt: Attempt;
  error: unknown;
}

async function findAttempts(
  context: OAuthContext,
  readings: readonly Presented[],
  request: ClientRequest,
): Promise<Attempt[]> {
  const now = context.now();
  const find = async (clientId: string): Promise<Attempt> => ({
    client: isClientId(clientId) ? await findClient(context.stores.clients, clientId) : null,
    readings: readings.filter((reading) => reading.clientId === clientId),
    request,
    now,
  });
  return Promise.all([...new Set(readings.map(({ clientId }) => clientId))].map(find));
}

/**
 * Counts a failed authentication, once, no matter how many readings its credentials have, and throws it, or the error
 * for too many.
 */
async function refuse(
  { stores }: OAuthContext,
  failures: readonly Failure[],
  { network }: ClientRequest,
): Promise<never> {
  const attempts = failures.flatMap(({ attempt, error }) => (error instanceof InvalidClientError ? [attempt] : []));
  const told = failures.map(({ error }) => (error instanceof TooManyFailuresError ? error.retryAfter : 0));
  const wait = Math.max(await countFailure(stores, attempts, network), ...told);
  if (wait > 0) throw new TooManyFailuresError(wait);
  throw failures[0]?.error;
}

/** The seconds to wait, 0 if there is room. */
async function countFailure(
  { attempts: counter }: OAuthContext["stores"],
  attempts: readonly Attempt[],
  network: string,
): Promise<number> {
  const [first] = attempts;
  if (first === undefined) return 0;
  const { now } = first;
  const fromNetwork = [`clients from ${network}`, failuresFromNetwork] as const;
  const guessed = attempts.flatMap(({ client, readings }) => (client && readings.some(isGuess) ? [client] : []));
  if (guessed.length > 0) {
    // Counted even after the network's limit, or guesses could be compared without end. Each client is counted
    // separately for the same reason: an attempt that one limit refuses isn't counted by the others.
    const waits = await Promise.all(guessed.map((client) => counter.count([guessesAt(client, network)], now)));
    return Math.max(...waits) || counter.count([fromNetwork], now);
  }
  // Unknown IDs count together, so that the number of counters doesn't grow with invented names.
  const client = attempts.find((attempt) => attempt.client !== null)?.client;
  const key = `${client ? `client ${client.clientId}` : "unknown client"} from ${network}`;
  return counter.count([[key, failuresAtClient], fromNetwork], now);
}

/** Counted separately: a replica with an old generated secret uses up no guess at a chosen one. */
function guessesAt(client: Client, network: string): readonly [key: string, rule: AttemptRule] {
  return [`secret of client ${client.clientId} from ${network}`, failuresAtClient];
}

/** Whether the presented secret could be guessed. */
function isGuess(presented: Presented): boolean {
  return "clientSecret" in presented && !hasGeneratedForm(presented.clientSecret);
}

/** RFC 6749 Appendix A.1: `VSCHAR`. Anything else names no client. */
export function isClientId(value: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(value);
}

/** The methods that this client may use: the registered one, and a choice only if none is registered. */
export function acceptedAuthMethods(
  client: Pick<Client, "clientType" | "tokenEndpointAuthMethod">,
): readonly ClientAuthMethod[] {
  if (client.tokenEndpointAuthMethod) return [client.tokenEndpointAuthMethod];
  return client.clientType === "public" ? ["none"] : ["client_secret_basic", "client_secret_post"];
}

async function verify(context: OAuthContext, attempt: Attempt): Promise<AuthenticatedClient> {
  const { client, readings, request, now } = attempt;
  if (!client) throw new InvalidClientError("unknown client");
  if (client.disabled) throw new InvalidClientError("disabled client");
  const methods = acceptedAuthMethods(client);
  const accepted = readings.filter(({ method }) => methods.includes(method));
  if (accepted.length === 0) throw new InvalidClientError("other method registered");
  for (const presented of accepted) {
    if (presented.method !== "private_key_jwt") continue;
    const { consume } = await verifyClientAssertion(context, client, presented.assertion);
    return { client, consume };
  }
  const presented = accepted.flatMap((reading) => ("clientSecret" in reading ? [reading] : []));
  if (presented.length > 0) {
    const { secret, clientSecret } = await findPresentedSecret(context, { client, presented, request, now });
    if (isSecretOutdated(secret)) {
      await context.stores.clients.renewSecretHash(secret.id, secret, hashSecret(clientSecret));
    }
    if (!secret.lastUsedAt || now.getTime() - secret.lastUsedAt.getTime() >= lastUsedWriteInterval) {
      await context.stores.clients.recordSecretUse(secret.id, now, request.ipAddress);
    }
  }
  return { client, consume: async () => {} };
}

/** A secret of the client, and the presented reading of it. */
interface MatchingSecret {
  secret: ClientSecret;
  clientSecret: string;
}

type PresentedSecret = Extract<Presented, { clientSecret: string }>;

/** A reading that can't be guessed is compared regardless of earlier failures, the others within the limit. */
async function findPresentedSecret(
  { stores }: OAuthContext,
  attempt: { client: Client; presented: readonly PresentedSecret[]; request: ClientRequest; now: Date },
): Promise<MatchingSecret> {
  const { client, presented, request, now } = attempt;
  const guesses = presented.filter(isGuess);
  const generated = presented.filter((reading) => !isGuess(reading));
  const found = findMatchingSecret(client, generated, now);
  if (found) return found;
  if (guesses.length > 0) {
    const wait = await stores.attempts.wait([guessesAt(client, request.network)], now);
    if (wait > 0) throw new TooManyFailuresError(wait);
  }
  const secret = findMatchingSecret(client, guesses, now);
  if (secret) return secret;
  await noteEndedSecret(stores.clients, attempt);
  throw new InvalidClientError("wrong secret");
}

/** An owner should learn that a program still has an old secret; whoever sends it learns nothing. */
async function noteEndedSecret(
  clients: OAuthContext["stores"]["clients"],
  attempt: { client: Client; presented: readonly PresentedSecret[]; request: ClientRequest; now: Date },
): Promise<void> {
  const { client, presented, request, now } = attempt;
  const ended = await clients.listEndedSecrets(client.id, now);
  const sent = ended.find((secret) => presented.some(({ clientSecret }) => verifySecret(clientSecret, secret)));
  if (sent) await clients.recordSecretRefusal(sent.id, now, request.ipAddress);
}

/** Every reading is compared with every secret, so that the time reveals neither which is right nor how it was read. */
function findMatchingSecret(client: Client, presented: readonly PresentedSecret[], now: Date): MatchingSecret | null {
  const matching = client.secrets.flatMap((secret) =>
    presented.flatMap(({ clientSecret }) => (verifySecret(clientSecret, secret) ? [{ secret, clientSecret }] : [])),
  );
  return matching.find(({ secret }) => !secret.expiresAt || secret.expiresAt > now) ?? null;
}
