/** What an operator decides about the protocol. Lifetimes are in seconds. */
export interface ProtocolSettings {
  authorizationRequestLifetime: number;
  authorizationCodeLifetime: number;
  pushedAuthorizationRequestLifetime: number;
  accessTokenLifetime: number;
  idTokenLifetime: number;
  refreshTokenIdleLifetime: number;
  refreshTokenLifetime: number;
  /** How long a client gets the same successor again for a rotated refresh token. */
  refreshTokenGracePeriod: number;
  deviceCodeLifetime: number;
  /** RFC 8628 §3.2, in seconds. */
  devicePollingInterval: number;
  /** Whether every authorization request has to be pushed (RFC 9126 §5). */
  requirePushedAuthorizationRequests: boolean;
  /** Whether a proof has to carry a nonce of this server (RFC 9449 §8). */
  requireDpopNonce: boolean;
  /**
   * Whether a client assertion may name the token endpoint as its audience, as in OpenID Connect Core §9, and not only
   * the issuer.
   */
  tokenEndpointAudience: boolean;
  /** Whether request objects may be sent by value (RFC 9101 §5.1). */
  requestParameter: boolean;
  /** Whether request objects may be sent by reference (RFC 9101 §5.2). */
  requestUriParameter: boolean;
}
