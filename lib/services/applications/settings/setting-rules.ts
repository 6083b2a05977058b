import { findSecurityProfileProblems } from "@/lib/oauth/client/fapi";
import { listHosts, provesSector } from "@/lib/oauth/openid/subject";
import type { ClientSettings, SettingName } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { isUrl } from "@/lib/oauth/wire/is-url";

type Problem = [setting: SettingName, isBroken: boolean, sentence: string];

/** Conflicts between the settings of an application: by setting, a sentence for users. */
export function findSettingProblems(settings: ClientSettings): [SettingName, string][] {
  const rules = [...authenticationRules(settings), ...openidRules(settings)];
  return [...onlyBroken(rules), ...findSecurityProfileProblems(settings), ...onlyBroken(grantRules(settings))];
}

function onlyBroken(rules: Problem[]): [SettingName, string][] {
  return rules.filter(([, isBroken]) => isBroken).map(([setting, , sentence]) => [setting, sentence]);
}

/** RFC 7591 §2. */
function authenticationRules(settings: ClientSettings): Problem[] {
  const { clientType, tokenEndpointAuthMethod: method, jwks, jwksUri } = settings;
  const isPublic = clientType === "public";
  const hasKeys = jwks !== null || jwksUri !== null;
  return [
    [
      "tokenEndpointAuthMethod",
      isPublic && method !== null && method !== "none",
      "A public client can't authenticate: its only method is none.",
    ],
    [
      "tokenEndpointAuthMethod",
      !isPublic && method === "none",
      "A confidential client must authenticate: choose another method.",
    ],
    ["jwks", isPublic && jwks !== null, "A public client has no keys."],
    ["jwksUri", isPublic && jwksUri !== null, "A public client has no keys."],
    ["jwksUri", jwks !== null && jwksUri !== null, "Give either the keys or the address of the keys, not both."],
    [
      "jwks",
      method === "private_key_jwt" && !hasKeys,
      "A signed assertion is verified with the application's keys: give them, or the address where they are.",
    ],
  ];
}

function openidRules(settings: ClientSettings): Problem[] {
  const { redirectUris, jwks, jwksUri, frontchannelLogoutUri } = settings;
  return [
    [
      "sectorIdentifierUri",
      // OpenID Connect Core §8.1.
      settings.subjectType === "pairwise" &&
        settings.sectorIdentifierUri === null &&
        provesSector(settings) &&
        listHosts(redirectUris).length > 1,
      "Pairwise subjects need a sector identifier where the redirect URIs are on several hosts.",
    ],
    [
      "requireSignedRequestObject",
      settings.requireSignedRequestObject && jwks === null && jwksUri === null,
      "Signed requests are verified with the application's keys: give them, or the address where they are.",
    ],
    [
      "frontchannelLogoutUri",
      // OpenID Connect Front-Channel Logout §2.
      frontchannelLogoutUri !== null && !redirectUris.some((uri) => isSameOrigin(uri, frontchannelLogoutUri)),
      "The address must have the scheme, host and port of one of the redirect URIs.",
    ],
  ];
}

function grantRules({ clientType, grantTypes, redirectUris }: ClientSettings): Problem[] {
  const usesCode = grantTypes.includes("authorization_code");
  return [
    [
      "redirectUris",
      usesCode && redirectUris.length === 0,
      "The authorization code grant needs at least one redirect URI.",
    ],
    [
      "grantTypes",
      clientType === "public" && grantTypes.includes("client_credentials"),
      "A public client can't prove who it is, so it can't use client credentials.",
    ],
    [
      "grantTypes",
      grantTypes.includes("refresh_token") && !usesCode && !grantTypes.includes(deviceCodeGrant),
      "Refresh tokens go with the authorization code grant or the device grant.",
    ],
  ];
}

function isSameOrigin(a: string, b: string): boolean {
  return isUrl(a) && isUrl(b) && new URL(a).origin === new URL(b).origin;
}
