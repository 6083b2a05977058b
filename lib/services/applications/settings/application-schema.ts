import { z } from "zod";
import { applySecurityProfile, findSecurityProfileProblems } from "@/lib/oauth/client/fapi";
import { findRedirectUriProblem, type RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import { clientAuthMethods } from "@/lib/oauth/ports/client-choices";
import { deviceCodeGrant, grantTypes } from "@/lib/oauth/ports/types";
import { scopeTokenPattern } from "@/lib/oauth/scope/scope";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";
import { isUuid } from "../../parse";
import { findOriginProblem } from "../addresses/allowed-origin";
import { optionalAddress, shorten } from "../addresses/web-address";
import { clientJwksSchema } from "../credentials/client-keys";
import { findClientAuthenticationProblems } from "./client-authentication";
import { findOpenidProblems, openidFields, unique } from "./openid-fields";

/**
 * The fields of an application, the same for the form in the browser, the form on the server and the command line.
 * `allowHttp` is the development switch ALLOW_HTTP_REDIRECT_URIS. Which schemes an app may have depends on who asks, so
 * the server takes any here, and `permitFields` decides.
 */
export function applicationSchema(policy: RedirectUriPolicy) {
  const redirectUri = z.string().check((context) => {
    const problem = findRedirectUriProblem(context.value, policy);
    if (problem) {
      context.issues.push({ code: "custom", message: `${shorten(context.value)}: ${problem}`, input: context.value });
    }
  });
  return (
    z
      .object({
        name: z
          .string({ error: "Enter a name." })
          .trim()
          .refine(isVisible, "Enter a name.")
          .max(100, "A name may have at most 100 characters.")
          .refine((value) => !hasHiddenControl(value), "A name can't contain control characters."),
        clientType: z.enum(["confidential", "public"], { error: "Choose a client type." }),
        grantTypes: z
          .array(z.enum(grantTypes, { error: "Unknown grant type." }))
          .min(1, "Choose at least one grant type."),
        redirectUris: z
          .array(redirectUri)
          .max(50, "An application may have at most 50 redirect URIs.")
          .transform(unique),
        // Where a browser is sent after the sign-out, under the very rules of redirect URIs (RP-Initiated Logout §3.1).
        postLogoutRedirectUris: z
          .array(redirectUri)
          .max(50, "An application may have at most 50 of these addresses.")
          .transform(unique)
          .default([]),
        allowedScopes: z.array(z.string().regex(scopeTokenPattern, "Unknown scope.")).transform(unique),
        requirePkce: z.boolean(),
        skipConsent: z.boolean(),
        // Absent: as it is; for a new application, whether an administrator registers it.
        redirectsBeforeSignIn: z.boolean().optional(),
        tokenEndpointAuthMethod: z
          .enum(clientAuthMethods, { error: "Unknown authentication method." })
          .nullable()
          .default(null),
        jwks: clientJwksSchema,
        jwksUri: optionalAddress(),
        allowedOrigins: z
          .array(allowedOrigin)
          .max(50, "An application may have at most 50 origins.")
          .transform(unique)
          .default([]),
        requirePushedAuthorizationRequests: z.boolean().default(false),
        dpopBoundAccessTokens: z.boolean().default(false),
        // The identifier of an API.
        defaultApi: z
          .string()
          .trim()
          .max(2000, "There is no API with this identifier.")
          .nullish()
          .transform((value) => value || null),
        ...openidFields,
      })
      .superRefine((given, context) => {
        const application = applySecurityProfile(given);
        const { clientType, grantTypes, redirectUris } = application;
        const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
        for (const [field, message] of findClientAuthenticationProblems(application)) refuse(field, message);
        for (const [field, message] of findOpenidProblems(application)) refuse(field, message);
        for (const [field, message] of findSecurityProfileProblems(application)) refuse(field, message);
        const usesCode = grantTypes.includes("authorization_code");
        if (usesCode && redirectUris.length === 0) {
          refuse("redirectUris", "The authorization code grant needs at least one redirect URI.");
        }
        if (clientType === "public" && grantTypes.includes("client_credentials")) {
          refuse("grantTypes", "A public client can't prove who it is, so it can't use client credentials.");
        }
        if (grantTypes.includes("refresh_token") && !usesCode && !grantTypes.includes(deviceCodeGrant)) {
          refuse("grantTypes", "Refresh tokens go with the authorization code grant or the device grant.");
        }
      })
      // Last, as nothing after a transformation is looked at once a field is wrong: all problems are told at once.
      .transform(applySecurityProfile)
  );
}

const allowedOrigin = z.string().check((context) => {
  const problem = findOriginProblem(context.value);
  if (problem) {
    context.issues.push({ code: "custom", message: `${shorten(context.value)}: ${problem}`, input: context.value });
  }
});

/**
 * RFC 6749 Appendix A.1, less the space and the colon that HTTP Basic splits at. People are UUIDs in `sub`, so no
 * client may be one: its own tokens carry its id there (RFC 9700 §4.15).
 */
export const clientIdSchema = z
  .string()
  .regex(/^[\x21-\x39\x3b-\x7e]{1,255}$/, "Use 1 to 255 visible ASCII characters, without spaces and colons.")
  .refine((value) => !isUuid(value), "A client id can't be a UUID: it could be taken for a person's id.");

/**
 * A secret is stored as SHA-256, which protects only what can't be guessed: 32 characters is the least that a random
 * one should have (docs/adr/0004).
 */
export const clientSecretSchema = z
  .string()
  .regex(/^[\x21-\x7e]*$/, "Use visible ASCII characters, without spaces.")
  .min(32, "A client secret needs at least 32 random characters.")
  .max(255, "A client secret may have at most 255 characters.");

export type ApplicationFields = z.output<ReturnType<typeof applicationSchema>>;
export type ApplicationInput = z.input<ReturnType<typeof applicationSchema>>;
