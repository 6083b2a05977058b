import { currentSettings } from "@/lib/current-settings";
import { logBounded } from "@/lib/limits/bounded-log";
import { exposedHeaders, noStore } from "@/lib/oauth/client/client-request";
import { readPathParameter } from "@/lib/oauth/endpoints";
import { InvalidClientMetadataError } from "@/lib/oauth/registration/client-metadata-errors";
import { InvalidRequestError, InvalidTokenError, OAuthError } from "@/lib/oauth/wire/errors";
import { readMediaType } from "@/lib/oauth/wire/media-type";
import type { ServiceContext } from "@/lib/services/context";
import { clientSource } from "../client-origin";
import { readFormText } from "../forms/read-form";
import type { HttpRequest } from "../http-request";
import { oauthErrorResponse, protocolResponse } from "../responses";
import { serviceContext } from "../service-context";
import { allowAnyone } from "./cors";
import { type Handler, protocolRoute } from "./protocol-route";

const scriptHeaders = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": exposedHeaders };

/** Metadata with fifty addresses and several keys is a quarter of this. What is registered is stored as it is. */
const maximumBytes = 32 * 1024;

export interface RegistrationRequest {
  /** The caller is a program: nobody is signed in. */
  context: ServiceContext;
  /** The bearer token of the `Authorization` header (RFC 6750 §2.1); null if there is none. */
  token: string | null;
  /** The client named by the address (RFC 7592 §2). */
  readClientId(): string;
  /**
   * The JSON of the body.
   * @throws InvalidRequestError, InvalidClientMetadataError if it is too large or is not JSON
   */
  readJson(): Promise<unknown>;
}

export interface RegistrationAnswer {
  status: number;
  body: Readonly<Record<string, unknown>> | null;
}

/**
 * The handler of an endpoint of dynamic client registration (RFC 7591 §3, RFC 7592 §2). Scripts of any site may
 * register and manage what they have registered: no cookie matters here, only a token that the client received, and an
 * unknown client can't have a known origin.
 */
export function registrationRoute(answer: (request: RegistrationRequest) => Promise<RegistrationAnswer>): Handler {
  return protocolRoute(async (request) => {
    try {
      // RFC 7591 §3.2.1: credentials must not be cached.
      const answered = await answer(toRegistrationRequest(request));
      return protocolResponse({ ...answered, headers: { ...noStore, ...scriptHeaders } });
    } catch (error) {
      throw error instanceof OAuthError ? toRefusal(request, error) : error;
    }
  }, allowAnyone);
}

/** The same handler if registration is offered; otherwise 404 for every method, so that the address reveals nothing. */
export function ifRegistrationIsOffered(handler: Handler): Handler {
  return async (request) =>
    currentSettings().dynamicRegistration === "off"
      ? allowAnyone(oauthErrorResponse(404, "not_found", "Dynamic client registration is not offered."))
      : handler(request);
}

function toRegistrationRequest(request: HttpRequest): RegistrationRequest {
  return {
    context: serviceContext(null, request.headers),
    token: readBearerToken(request.headers.get("authorization")),
    readClientId: () => readPathParameter("clientConfiguration", new URL(request.url).pathname),
    readJson: () => readJson(request),
  };
}

/** A credential in any other form is invalid, not missing. */
function readBearerToken(authorization: string | null): string | null {
  if (authorization === null) return null;
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
  if (!token) throw new InvalidTokenError();
  return token;
}

async function readJson(request: HttpRequest): Promise<unknown> {
  if (readMediaType(request.headers.get("content-type")) !== "application/json") {
    throw new InvalidRequestError("The body must be application/json.", { status: 415 });
  }
  try {
    const text = await readFormText(request);
    if (Buffer.byteLength(text) > maximumBytes)
      throw new InvalidRequestError("The body is too large.", { status: 413 });
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidClientMetadataError("The body must be JSON.");
    throw error;
  }
}

/** The error as sent: with a challenge if the token is missing or invalid. */
function toRefusal(request: HttpRequest, error: OAuthError): OAuthError {
  const { status, description } = error;
  logBounded(
    "info",
    { error: error.error, reason: description },
    "registration refused",
    clientSource(request.headers),
  );
  if (status !== 401) return error;
  const headers = { ...error.headers, "WWW-Authenticate": toChallenge(request, error) };
  return new OAuthError(error.error, description, { status, headers });
}

/** RFC 6750 §3: without a token the challenge names no error. */
function toChallenge(request: HttpRequest, { error, description }: OAuthError): string {
  const challenge = 'Bearer realm="Latchkey"';
  if (!request.headers.has("authorization")) return challenge;
  return `${challenge}, error="${error}", error_description="${description}"`;
}
