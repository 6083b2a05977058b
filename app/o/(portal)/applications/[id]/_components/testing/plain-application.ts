import type { QuickStartSubject } from "../quick-start-subject";

/** A web application as most are. */
export const plainApplication: QuickStartSubject = {
  kind: "web",
  clientId: "id",
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example.com/callback"],
  requirePkce: false,
  tokenEndpointAuthMethod: null,
  tokenEndpointAuthSigningAlg: null,
  jwks: null,
  requirePushedAuthorizationRequests: false,
  requireSignedRequestObject: false,
  requestObjectSigningAlg: null,
  dpopBoundAccessTokens: false,
  securityProfile: null,
  idTokenSignedResponseAlg: "RS256",
  claimsInIdToken: false,
  userinfoSignedResponseAlg: null,
  authorizationSignedResponseAlg: "RS256",
};
