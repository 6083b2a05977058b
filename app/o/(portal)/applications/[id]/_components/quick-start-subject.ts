import type { ApplicationDetails } from "@/lib/services/applications/get-application";

/** What of an application decides how its programs are written. */
export type QuickStartSubject = Pick<
  ApplicationDetails,
  | "kind"
  | "clientId"
  | "clientType"
  | "grantTypes"
  | "redirectUris"
  | "requirePkce"
  | "tokenEndpointAuthMethod"
  | "tokenEndpointAuthSigningAlg"
  | "jwks"
  | "requirePushedAuthorizationRequests"
  | "requireSignedRequestObject"
  | "requestObjectSigningAlg"
  | "dpopBoundAccessTokens"
  | "securityProfile"
  | "idTokenSignedResponseAlg"
  | "claimsInIdToken"
  | "userinfoSignedResponseAlg"
  | "authorizationSignedResponseAlg"
>;
