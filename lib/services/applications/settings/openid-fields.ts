import { z } from "zod";
import { listHosts, provesSector } from "@/lib/oauth/openid/subject";
import type { Client } from "@/lib/oauth/ports/client";
import { applicationKinds, securityProfiles, subjectTypes } from "@/lib/oauth/ports/client-choices";
import { type ClientSigningAlgorithm, clientSigningAlgorithms, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { optionalAddress, webAddress } from "../addresses/web-address";

const serverAlgorithm = z.enum(signingAlgorithms, { error: "Choose one of the algorithms the server signs with." });

/** Null: any that the server takes. An empty choice of a form is one. */
const clientAlgorithm = z
  .union([z.literal("").transform(() => null), z.enum(clientSigningAlgorithms, { error: "Unknown algorithm." })])
  .nullish()
  .transform((value): ClientSigningAlgorithm | null => value ?? null);

/**
 * What an application says of itself in OpenID Connect Dynamic Client Registration §2, the logout specifications, JARM
 * §3, RFC 9101 §10.5 and RFC 9701 §6, by our names. Everything may be left out.
 */
export const openidFields = {
  kind: z.enum(applicationKinds, { error: "Choose a kind of application." }).nullable().default(null),
  securityProfile: z.enum(securityProfiles, { error: "Unknown security profile." }).nullable().default(null),
  idTokenSignedResponseAlg: serverAlgorithm.default("RS256"),
  userinfoSignedResponseAlg: serverAlgorithm.nullable().default(null),
  authorizationSignedResponseAlg: serverAlgorithm.default("RS256"),
  introspectionSignedResponseAlg: serverAlgorithm.default("RS256"),
  requestObjectSigningAlg: clientAlgorithm,
  tokenEndpointAuthSigningAlg: clientAlgorithm,
  requireSignedRequestObject: z.boolean().default(false),
  // OpenID Connect Dynamic Client Registration §2: a fragment may say which version of the object is meant.
  requestUris: z
    .array(webAddress({ fragment: true }))
    .max(50, "An application may have at most 50 addresses of request objects.")
    .transform(unique)
    .default([]),
  subjectType: z.enum(subjectTypes, { error: "Unknown subject type." }).default("public"),
  sectorIdentifierUri: optionalAddress(),
  defaultMaxAge: z
    .int("Enter a whole number of seconds.")
    .min(0, "Enter a whole number of seconds.")
    .max(31_536_000, "A year, 31536000 seconds, is the most.")
    .nullable()
    .default(null),
  requireAuthTime: z.boolean().default(false),
  claimsInIdToken: z.boolean().default(false),
  defaultAcrValues: z
    .array(z.string().regex(/^[\x21-\x7e]{1,255}$/, "An authentication context has no spaces."))
    .max(10, "At most 10 authentication contexts can be asked for.")
    .transform(unique)
    .default([]),
  initiateLoginUri: optionalAddress(),
  backchannelLogoutUri: optionalAddress({ http: true }),
  backchannelLogoutSessionRequired: z.boolean().default(false),
  frontchannelLogoutUri: optionalAddress({ http: true }),
  frontchannelLogoutSessionRequired: z.boolean().default(false),
};

type OpenidRules = Pick<
  Client,
  | "redirectUris"
  | "grantTypes"
  | "jwks"
  | "jwksUri"
  | "subjectType"
  | "sectorIdentifierUri"
  | "requireSignedRequestObject"
  | "frontchannelLogoutUri"
>;

/** What doesn't go together in these fields: field and sentence. */
export function findOpenidProblems(client: OpenidRules): [keyof OpenidRules, string][] {
  const problems: [keyof OpenidRules, string | false][] = [
    [
      "sectorIdentifierUri",
      // OpenID Connect Core §8.1.
      client.subjectType === "pairwise" &&
        client.sectorIdentifierUri === null &&
        provesSector(client) &&
        listHosts(client.redirectUris).length > 1 &&
        "Pairwise subjects need a sector identifier where the redirect URIs are on several hosts.",
    ],
    [
      "requireSignedRequestObject",
      client.requireSignedRequestObject &&
        client.jwks === null &&
        client.jwksUri === null &&
        "Signed requests are verified with the application's keys: give them, or the address where they are.",
    ],
    [
      "frontchannelLogoutUri",
      // OpenID Connect Front-Channel Logout §2.
      client.frontchannelLogoutUri !== null &&
        !client.redirectUris.some((uri) => isSameOrigin(uri, client.frontchannelLogoutUri ?? "")) &&
        "The address must have the scheme, host and port of one of the redirect URIs.",
    ],
  ];
  return problems.filter((entry): entry is [keyof OpenidRules, string] => entry[1] !== false);
}

function isSameOrigin(a: string, b: string): boolean {
  return isUrl(a) && isUrl(b) && new URL(a).origin === new URL(b).origin;
}

export function unique(values: string[]): string[] {
  return [...new Set(values)];
}
