import { answerIntrospectionRequest } from "./access/introspection";
import { answerRevocationRequest } from "./access/revocation";
import { answerPushedAuthorizationRequest } from "./authorize/pushed-authorization";
import { answerDeviceAuthorizationRequest } from "./device/device-authorization";
import type { ClientEndpointName } from "./endpoints";
import type { OAuthContext } from "./ports/context";
import { answerTokenRequest } from "./token/token";
import type { OAuthError } from "./wire/errors";
import type { ClientRequest, ProtocolResponse } from "./wire/messages";

/** A whole endpoint as a function; `onError` gets a refusal with its private cause, for the log. */
export type ClientEndpointAnswer = (
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
) => Promise<ProtocolResponse>;

/** What answers each endpoint of the table that clients call with their credentials. */
export const clientEndpoints: Readonly<Record<ClientEndpointName, ClientEndpointAnswer>> = {
  pushedAuthorization: answerPushedAuthorizationRequest,
  deviceAuthorization: answerDeviceAuthorizationRequest,
  token: answerTokenRequest,
  revocation: answerRevocationRequest,
  introspection: answerIntrospectionRequest,
};
