import { toAccessScheme } from "../access/bearer";
import { answerClientRequest, type ClientCall, noStore } from "../client/client-request";
import { dpopNonce, type VerifiedDpopProof, verifyDpopProof } from "../client/dpop";
import { endpointUri } from "../endpoints";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { deviceCodeGrant, type GrantType } from "../ports/types";
import { formatScope } from "../scope/scope";
import {
  InvalidClientError,
  InvalidDpopProofError,
  InvalidRequestError,
  type OAuthError,
  UnauthorizedClientError,
  UnsupportedGrantTypeError,
} from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import type { Parameters } from "../wire/parameters";
import { exchangeAuthorizationCode } from "./grants/authorization-code";
import { issueClientCredentials } from "./grants/client-credentials";
import { exchangeDeviceCode } from "./grants/device-code";
import type { IssuedTokens, TokenBinding } from "./grants/issue";
import { exchangeRefreshToken } from "./grants/refresh-token";

type Grant = (
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  binding: TokenBinding,
) => Promise<IssuedTokens>;

const grants: Readonly<Record<GrantType, Grant>> = {
  authorization_code: exchangeAuthorizationCode,
  client_credentials: issueClientCredentials,
  refresh_token: exchangeRefreshToken,
  [deviceCodeGrant]: exchangeDeviceCode,
};

/** Answers a token request: RFC 6749 §5.1 on success, §5.2 on every `OAuthError`. */
export function answerTokenRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  const endpoint = { check: checkGrantType, verifyProof, answer: answerToken };
  return answerClientRequest(context, request, endpoint, onError);
}

async function answerToken(
  context: OAuthContext,
  client: Client,
  { parameters, checked: grantType, dpopJkt }: ClientCall<GrantType>,
): Promise<ProtocolResponse> {
  checkGrantAllowed(client, grantType);
  const issued = await grants[grantType](context, client, parameters, { dpopJkt });
  // RFC 9449 §8.2: with the next nonce at hand, the next request needs no second try.
  const headers = dpopJkt === null ? noStore : { ...noStore, "DPoP-Nonce": dpopNonce(context) };
  return { status: 200, headers, body: toTokenResponse(issued) };
}

function checkGrantType(parameters: Parameters): GrantType {
  const grantType = parameters.get("grant_type");
  if (grantType === undefined) throw new InvalidRequestError("The parameter grant_type is missing.");
  if (!Object.hasOwn(grants, grantType)) throw new UnsupportedGrantTypeError();
  return grantType as GrantType;
}

/** Also at the device authorization endpoint, where a grant begins. */
export function checkGrantAllowed(client: Client, grantType: GrantType): void {
  // RFC 6749 §4.4: for confidential clients only. A public client has not authenticated, which is invalid_client
  // (§5.2).
  if (grantType === "client_credentials" && client.clientType === "public")
    throw new InvalidClientError("public client");
  if (!client.grantTypes.includes(grantType)) throw new UnauthorizedClientError();
}

/** RFC 9449 §5: the key that the tokens will be bound to; none if the client sends no proof and needs none. */
async function verifyProof(
  context: OAuthContext,
  { dpopBoundAccessTokens, securityProfile }: Client,
  { dpop }: ClientRequest,
): Promise<VerifiedDpopProof | null> {
  if (dpop === null) {
    if (dpopBoundAccessTokens) throw new InvalidDpopProofError("no proof, but the client is registered for one");
    return null;
  }
  const target = { method: "POST", uri: endpointUri(context.issuer, "token") };
  return verifyDpopProof(context, { proof: dpop, ...target, securityProfile });
}

/** RFC 6749 §5.1, with the keys in the order of Django OAuth Toolkit. */
function toTokenResponse(issued: IssuedTokens): Record<string, unknown> {
  return {
    access_token: issued.accessToken,
    expires_in: issued.expiresIn,
    token_type: toAccessScheme(issued.dpopJkt),
    scope: formatScope(issued.scopes),
    ...(issued.refreshToken === null ? {} : { refresh_token: issued.refreshToken }),
    ...(issued.idToken === null ? {} : { id_token: issued.idToken }),
  };
}
