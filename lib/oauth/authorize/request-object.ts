import { z } from "zod";
import { checkTimes, verifyClientJwt } from "../client/client-jwt";
import type { Client } from "../ports/client";
import { type OAuthContext, sanitizeForLog } from "../ports/context";
import { InvalidRequestError, OAuthError } from "../wire/errors";
import { Parameters } from "../wire/parameters";

/**
 * The maximum lifetime of a request object in seconds, under a security profile (FAPI 2.0 Message Signing §5.3.1 nos. 3
 * and 4).
 */
const longestLifetime = 3600;

/** RFC 9101 §6.2, §6.3. `cause` is for the log. */
export class InvalidRequestObjectError extends OAuthError {
  constructor(cause: string) {
    const description = "The request object is malformed, not signed by the client, or not for this server.";
    super("invalid_request_object", description, { cause });
  }
}

const claimsSchema = z.looseObject({
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  sub: z.string().optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  // RFC 9101 §4: they can't be nested.
  request: z.never().optional(),
  request_uri: z.never().optional(),
});

/** Members of the JWT itself, not parameters of the request. */
const jwtMembers = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);

/**
 * The effective parameters: those of the request object if there is one, by value or by reference (RFC 9101 §5).
 * Parameters beside it are only added in an OpenID request, which has `openid` there (OpenID Connect Core §6.1), and
 * never for a client that has to sign its requests, or has a security profile; otherwise none are (RFC 9101 §6.3).
 * Without a request object, the parameters as sent.
 * @throws InvalidRequestObjectError, InvalidRequestError, OAuthError `request_not_supported`,
 * `request_uri_not_supported`, `invalid_request_uri`
 */
export async function resolveRequestObject(
  context: OAuthContext,
  client: Client,
  sent: Parameters,
): Promise<Parameters> {
  const object = await findRequestObject(context, client, sent);
  if (object !== null) {
    const signed = await readRequestObject(context, client, object);
    const mayMerge = !client.requireSignedRequestObject && client.securityProfile === null;
    const isMerged = mayMerge && (sent.get("scope") ?? "").split(" ").includes("openid");
    return isMerged ? merge(sent, signed) : signed;
  }
  if (client.requireSignedRequestObject) throw new InvalidRequestError("A signed request object is required.");
  return sent;
}

async function findRequestObject(context: OAuthContext, client: Client, sent: Parameters): Promise<string | null> {
  const [request, requestUri] = [sent.get("request"), sent.get("request_uri")];
  if (request !== undefined && !context.settings.requestParameter) {
    throw new OAuthError("request_not_supported", "Request objects are not supported.");
  }
  if (requestUri === undefined) return request ?? null;
  if (!context.settings.requestUriParameter) {
    throw new OAuthError("request_uri_not_supported", "Only a request_uri of this server is supported.");
  }
  if (request !== undefined)
    throw new InvalidRequestError("The parameters request and request_uri exclude each other.");
  // OpenID Connect Core §6.2: a fragment names a version of what is published.
  const [address = ""] = requestUri.split("#");
  const isRegistered = client.requestUris.some((registered) => registered.split("#")[0] === address);
  const fetched = isRegistered ? await context.requestObjects.fetch(requestUri, client.id) : null;
  if (fetched === null) {
    throw new OAuthError("invalid_request_uri", "The request_uri is not registered or can't be fetched.");
  }
  return fetched.trim();
}

async function readRequestObject(context: OAuthContext, client: Client, object: string): Promise<Parameters> {
  const claims = await verifyClientJwt(context, client, object, {
    types: ["jwt", "oauth-authz-req+jwt"],
    algorithm: client.requestObjectSigningAlg,
    claims: claimsSchema,
    refuse,
  });
  const { iss, sub, aud, client_id: clientId } = claims;
  if ((clientId ?? client.clientId) !== client.clientId || (iss ?? client.clientId) !== client.clientId) {
    throw refuse("of another client");
  }
  // RFC 9101 §10.8: an assertion that authenticates the client is not a request.
  if (sub === client.clientId) throw refuse("a client assertion");
  // An object without an audience could have been made for another server, but the specification makes it optional.
  if (aud !== undefined && ![aud].flat().includes(context.issuer)) {
    throw refuse(`aud ${sanitizeForLog(String(aud))}, expected ${context.issuer}`);
  }
  const now = context.now().getTime() / 1000;
  checkTimes(claims, now, refuse);
  if (client.securityProfile !== null) checkSecurityProfile(claims, now, context.issuer);
  return toParameters(client, claims);
}

type Claims = z.output<typeof claimsSchema>;

function refuse(cause: string): InvalidRequestObjectError {
  return new InvalidRequestObjectError(cause);
}

/** FAPI 2.0 Message Signing §5.3.1 nos. 2 to 4: for this server, and valid for an hour at most. */
function checkSecurityProfile({ aud, exp, nbf }: Claims, now: number, issuer: string): void {
  if (aud === undefined) throw refuse(`no aud, expected ${issuer}`);
  if (nbf === undefined || nbf < now - longestLifetime) throw refuse("nbf is missing or long over");
  if (exp === undefined || exp > nbf + longestLifetime) throw refuse("exp is missing or too far");
}

/** Converted to the form of every other request, so that the same rules apply. */
function toParameters(client: Client, claims: Record<string, unknown>): Parameters {
  const encoded = new URLSearchParams({ client_id: client.clientId });
  for (const [name, value] of Object.entries(claims)) {
    if (jwtMembers.has(name) || name === "client_id") continue;
    // RFC 8707 §2: the one parameter that may be there more than once.
    const values = name === "resource" && Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== null) encoded.append(name, toText(one));
  }
  return Parameters.parse(encoded.toString());
}

/** RFC 9101 §4: numbers and JSON are values, not text. */
function toText(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  // JSON can say what UTF-8 can't: half of a surrogate pair.
  if (/\p{Cs}/u.test(text)) throw refuse("a lone surrogate");
  return text;
}

function merge(sent: Parameters, signed: Parameters): Parameters {
  const isOutside = (name: string) => !signed.has(name) && name !== "request" && name !== "request_uri";
  const outside = [...sent.entries()].filter(([name]) => isOutside(name));
  return Parameters.parse(new URLSearchParams([...outside, ...signed.entries()]).toString());
}
