import { InvalidClientError, InvalidRequestError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";
import { readAssertionSubject } from "./client-assertion";

/** RFC 7523 §2.2. */
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** One reading of the credentials. HTTP Basic can often be read in two ways (`parseBasic`). */
export type Presented =
  | { method: "none"; clientId: string }
  | { method: "client_secret_basic" | "client_secret_post"; clientId: string; clientSecret: string }
  | { method: "private_key_jwt"; clientId: string; assertion: string };

/**
 * The credentials of a request (RFC 6749 §2.3.1, RFC 7521 §4.2), in each of their readings: at least one, in the order
 * in which to try them.
 * @throws InvalidRequestError on two methods at once, InvalidClientError if there are none
 */
export function readCredentials(authorization: string | null, parameters: Parameters): Presented[] {
  const bodyId = parameters.get("client_id");
  const bodySecret = parameters.get("client_secret");
  const assertion = parameters.get("client_assertion");
  // RFC 6749 §2.3: MUST NOT use more than one authentication method in each request.
  if ([authorization, bodySecret ?? null, assertion ?? null].filter((part) => part !== null).length > 1) {
    throw new InvalidRequestError("More than one client authentication method was used.");
  }
  if (authorization !== null) return readBasic(authorization, bodyId);
  if (assertion !== undefined) return [readAssertion(assertion, parameters)];
  if (bodyId === undefined) throw new InvalidClientError("no client named");
  if (bodySecret === undefined) return [{ method: "none", clientId: bodyId }];
  return [{ method: "client_secret_post", clientId: bodyId, clientSecret: bodySecret }];
}

function readBasic(authorization: string, bodyId: string | undefined): Presented[] {
  const readings = parseBasic(authorization).filter(({ clientId }) => bodyId === undefined || bodyId === clientId);
  if (readings.length > 0) return readings;
  throw new InvalidRequestError("The client_id differs from that of the Authorization header.");
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
 * RFC 7617; the scheme is read in any case. RFC 6749 §2.3.1 has both halves form-encoded, which plain HTTP clients like
 * `curl -u` leave out: a `+` or `%` can be meant either way, so the pair is read decoded and, if that differs, as it
 * is. An empty secret counts as none.
 */
function parseBasic(header: string): Presented[] {
  const credentials = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header)?.[1];
  if (!credentials) throw new InvalidClientError("malformed Authorization header");
  const text = decodeUtf8(Buffer.from(credentials, "base64"));
  const colon = text?.indexOf(":") ?? -1;
  if (text === null || colon < 0) throw new InvalidClientError("malformed credentials");
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)];
  const [decodedId, decodedSecret] = [decodeForm(id), decodeForm(secret)];
  if (decodedId === null || decodedSecret === null) return [toPresented(id, secret)];
  if (decodedId === id && decodedSecret === secret) return [toPresented(id, secret)];
  return [toPresented(decodedId, decodedSecret), toPresented(id, secret)];
}

function toPresented(clientId: string, clientSecret: string): Presented {
  return clientSecret === "" ? { method: "none", clientId } : { method: "client_secret_basic", clientId, clientSecret };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Null if it is not form-encoded. */
function decodeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
