import type { JWK } from "jose";
import type { Client } from "../ports/client";
import type { SecurityProfile } from "../ports/client-choices";
import type { GrantType } from "../ports/types";
import type { SigningAlgorithm } from "../wire/algorithms";
import { isLocalhostUri, isLoopbackUri } from "./redirect-uri";

/**
 * FAPI 2.0 as a profile of one application: the Security Profile, and Message Signing on top of it (docs/adr/0025).
 * This file has everything that the profiles set and refuse; clauses are of the Security Profile unless another
 * document is named. Free of Node.js, so that the form in the browser applies the same rules as the server.
 */

/** §5.4.1 no. 1; the last is the name in RFC 9864 of the third with this curve, which the note there allows as well. */
export const fapiAlgorithms: readonly string[] = ["PS256", "ES256", "EdDSA", "Ed25519"];

/**
 * The grants that the profile has rules for (§5.3.2.2, and §5.3.2.1 note 2 for client credentials). The device grant
 * isn't one of them: its request can't be pushed, and nothing binds it to the browser of the user who approves it.
 */
const fapiGrantTypes: readonly string[] = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
] satisfies GrantType[];

/** Seconds: §5.3.2.1 no. 11, and §5.3.2.2 no. 12 with its "less than 600". */
const longestLifetimes = { authorizationCode: 60, pushedAuthorizationRequest: 599 };

/** The settings of an application that a profile affects. */
export type ProfiledSettings = Pick<
  Client,
  | "securityProfile"
  | "clientType"
  | "grantTypes"
  | "redirectUris"
  | "requirePkce"
  | "tokenEndpointAuthMethod"
  | "jwks"
  | "requirePushedAuthorizationRequests"
  | "dpopBoundAccessTokens"
  | "idTokenSignedResponseAlg"
  | "userinfoSignedResponseAlg"
  | "authorizationSignedResponseAlg"
  | "introspectionSignedResponseAlg"
  | "requestObjectSigningAlg"
  | "tokenEndpointAuthSigningAlg"
  | "requireSignedRequestObject"
>;

type Profiled = Pick<Client, "securityProfile">;

/**
 * The settings with everything that the profile prescribes. Settings that contradict it are kept, and
 * `findSecurityProfileProblems` reports them.
 */
export function applySecurityProfile<Settings extends ProfiledSettings>(settings: Settings): Settings {
  const { securityProfile: profile, userinfoSignedResponseAlg } = settings;
  if (profile === null) return settings;
  return {
    ...settings,
    requirePkce: true,
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    tokenEndpointAuthMethod: settings.tokenEndpointAuthMethod ?? "private_key_jwt",
    idTokenSignedResponseAlg: enforceAlgorithm(profile, settings.idTokenSignedResponseAlg),
    userinfoSignedResponseAlg: userinfoSignedResponseAlg && enforceAlgorithm(profile, userinfoSignedResponseAlg),
    authorizationSignedResponseAlg: enforceAlgorithm(profile, settings.authorizationSignedResponseAlg),
    introspectionSignedResponseAlg: enforceAlgorithm(profile, settings.introspectionSignedResponseAlg),
    requireSignedRequestObject: settings.requireSignedRequestObject || signsMessages(settings),
  };
}

export type SecurityProfileProblem =
  | "confidential"
  | "assertions"
  | "keys"
  | "grants"
  | "addresses"
  | "pkce"
  | "pushed"
  | "bound"
  | "signed"
  | "algorithms";

/** Settings that are weaker than the profile requires, and why; none without a profile. */
export function findSecurityProfileProblems(
  settings: ProfiledSettings,
): [keyof ProfiledSettings, SecurityProfileProblem][] {
  if (settings.securityProfile === null) return [];
  const { clientType, grantTypes, redirectUris, tokenEndpointAuthMethod, jwks } = settings;
  const problems: [keyof ProfiledSettings, boolean, SecurityProfileProblem][] = [
    ["clientType", clientType === "public", "confidential"],
    ["tokenEndpointAuthMethod", tokenEndpointAuthMethod !== "private_key_jwt", "assertions"],
    ["jwks", jwks !== null && !jwks.keys.some(isFapiKey), "keys"],
    ["grantTypes", !grantTypes.every(isFapiGrant), "grants"],
    ["redirectUris", !redirectUris.every(isFapiAddress), "addresses"],
    ["requirePkce", !settings.requirePkce, "pkce"],
    ["requirePushedAuthorizationRequests", !settings.requirePushedAuthorizationRequests, "pushed"],
    ["dpopBoundAccessTokens", !settings.dpopBoundAccessTokens, "bound"],
    ["requireSignedRequestObject", signsMessages(settings) && !settings.requireSignedRequestObject, "signed"],
    ...algorithmFields.map((field): [keyof ProfiledSettings, boolean, SecurityProfileProblem] => [
      field,
      settings[field] !== null && !fapiAlgorithms.includes(settings[field]),
      "algorithms",
    ]),
  ];
  return problems.filter(([, isProblem]) => isProblem).map(([field, , code]) => [field, code]);
}

const algorithmFields = [
  "idTokenSignedResponseAlg",
  "userinfoSignedResponseAlg",
  "authorizationSignedResponseAlg",
  "introspectionSignedResponseAlg",
  "requestObjectSigningAlg",
  "tokenEndpointAuthSigningAlg",
] as const;

/**
 * The client with its profile enforced, whatever its registration: weaker settings don't count, so that changing them
 * outside of this server has no effect.
 */
export function enforceSecurityProfile(client: Client): Client {
  if (client.securityProfile === null) return client;
  return {
    ...applySecurityProfile(client),
    tokenEndpointAuthMethod: "private_key_jwt",
    grantTypes: client.grantTypes.filter(isFapiGrant),
    redirectUris: client.redirectUris.filter(isFapiAddress),
    secrets: [],
  };
}

/** Whether this algorithm may be used for signatures, by the client or for it. */
export function allowsAlgorithm(profile: SecurityProfile | null, algorithm: string): boolean {
  return profile === null || fapiAlgorithms.includes(algorithm);
}

/** The algorithm itself if the profile allows it, else PS256, which takes the same keys as RS256. */
export function enforceAlgorithm(profile: SecurityProfile | null, algorithm: SigningAlgorithm): SigningAlgorithm {
  return allowsAlgorithm(profile, algorithm) ? algorithm : "PS256";
}

/** Seconds. */
export function limitLifetime({ securityProfile }: Profiled, kind: keyof typeof longestLifetimes, lifetime: number) {
  return securityProfile === null ? lifetime : Math.min(lifetime, longestLifetimes[kind]);
}

/**
 * FAPI 2.0 Message Signing: every request, answer and introspection of this client is signed (§5.3, §5.4, §5.5 there).
 */
export function signsMessages({ securityProfile }: Profiled): boolean {
  return securityProfile === "fapi2_message_signing";
}

/**
 * §5.3.2.1 no. 9: no rotation. A token that only its client can use, and that only yields bound tokens, is worthless to
 * a thief, while a lost answer would end the client's grant.
 */
export function rotatesRefreshTokens({ securityProfile }: Profiled): boolean {
  return securityProfile === null;
}

function isFapiGrant(grantType: string): boolean {
  return fapiGrantTypes.includes(grantType);
}

/**
 * §5.3.2.2 no. 8; the loopback interface is an address, not a name that could be resolved elsewhere (RFC 8252 §7.3,
 * §8.3).
 */
function isFapiAddress(uri: string): boolean {
  return uri.startsWith("https://") || (isLoopbackUri(uri) && !isLocalhostUri(uri));
}

/** §5.4.1 nos. 1 to 3; the minimum length of keys is a rule for every application. */
function isFapiKey({ kty, crv, alg, use }: JWK): boolean {
  const isFitting = kty === "RSA" || crv === "P-256" || crv === "Ed25519";
  return isFitting && use !== "enc" && (alg === undefined || fapiAlgorithms.includes(alg));
}
