import { authenticateClient } from "./client-auth";
import type { OAuthContext } from "./context";
import {
  InvalidClientError,
  InvalidRequestError,
  OAuthError,
  UnauthorizedClientError,
  UnsupportedGrantTypeError,
} from "./errors";
import { exchangeAuthorizationCode } from "./grants/authorization-code";
import { issueClientCredentials } from "./grants/client-credentials";
import type { IssuedTokens } from "./grants/issue";
import { exchangeRefreshToken } from "./grants/refresh-token";
import { Parameters } from "./parameters";
import { formatScope } from "./scope";
import type { Client, GrantType } from "./types";

/** The parts of a POST to `/o/token` that count (RFC 6749 §3.2). */
export interface TokenRequest {
  /** Without the leading `?`. */
  query: string;
  contentType: string | null;
  authorization: string | null;
  body: string;
}

export interface JsonResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

type Grant = (context: OAuthContext, client: Client, parameters: Parameters) => Promise<IssuedTokens>;

const grants: Readonly<Record<GrantType, Grant>> = {
  authorization_code: exchangeAuthorizationCode,
  client_credentials: issueClientCredentials,
  refresh_token: exchangeRefreshToken,
};

/** RFC 6749 §5.1: no response of this endpoint may be cached. */
const noStore = { "Cache-Control": "no-store", Pragma: "no-cache" };

/**
 * Answers a token request: RFC 6749 §5.1 on success, §5.2 on every `OAuthError`. Whatever else goes wrong is thrown.
 * `onError` gets the error with its private cause, for the log.
 */
export async function answerTokenRequest(
  context: OAuthContext,
  request: TokenRequest,
  onError: (error: OAuthError) => void = () => {},
): Promise<JsonResponse> {
  try {
    const issued = await issueTokens(context, request);
    return { status: 200, headers: noStore, body: toTokenResponse(issued) };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    onError(error);
    return {
      status: error.status,
      headers: { ...noStore, ...error.headers },
      body: { error: error.error, error_description: error.description },
    };
  }
}

/** The order of checks: the shape of the request, the grant type, the client, what the client may do, the grant itself. */
async function issueTokens(context: OAuthContext, request: TokenRequest): Promise<IssuedTokens> {
  const parameters = parseTokenRequest(request);
  const grantType = checkGrantType(parameters);
  const client = await authenticateClient(context.stores.clients, request.authorization, parameters, context.now());
  checkGrantAllowed(client, grantType);
  return grants[grantType](context, client, parameters);
}

function parseTokenRequest(request: TokenRequest): Parameters {
  // RFC 6749 §2.3.1: credentials MUST NOT be in the request URI, where logs and proxies keep them.
  if (request.query !== "") throw new InvalidRequestError("Parameters in the URL are not allowed.");
  const mediaType = request.contentType?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/x-www-form-urlencoded") {
    throw new InvalidRequestError("The body must be application/x-www-form-urlencoded.", { status: 415 });
  }
  const parameters = Parameters.parse(request.body);
  parameters.refuseRepeated();
  return parameters;
}

function checkGrantType(parameters: Parameters): GrantType {
  const grantType = parameters.get("grant_type");
  if (grantType === undefined) throw new InvalidRequestError("The parameter grant_type is missing.");
  if (!Object.hasOwn(grants, grantType)) throw new UnsupportedGrantTypeError();
  return grantType as GrantType;
}

function checkGrantAllowed(client: Client, grantType: GrantType): void {
  // RFC 6749 §4.4: for confidential clients only. A public client has not authenticated, which is invalid_client (§5.2).
  if (grantType === "client_credentials" && client.clientType === "public") throw new InvalidClientError();
  if (!client.grantTypes.includes(grantType)) throw new UnauthorizedClientError();
}

/** RFC 6749 §5.1, in the order of keys that clients of Django OAuth Toolkit have always seen. */
function toTokenResponse(issued: IssuedTokens): Record<string, unknown> {
  return {
    access_token: issued.accessToken,
    expires_in: issued.expiresIn,
    token_type: "Bearer",
    scope: formatScope(issued.scopes),
    ...(issued.refreshToken === null ? {} : { refresh_token: issued.refreshToken }),
  };
}
