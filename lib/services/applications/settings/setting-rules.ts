import type { Messages } from "@/lib/messages/catalog";
import { problem } from "@/lib/messages/problem";
import { findSecurityProfileProblems } from "@/lib/oauth/client/fapi";
import { listHosts, provesSector } from "@/lib/oauth/openid/subject";
import type { ClientSettings, SettingName } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { isUrl } from "@/lib/oauth/wire/is-url";

type Rule = [setting: SettingName, isBroken: boolean, code: keyof Messages["consoleFieldProblems"]["combination"]];

/** Conflicts between the settings of an application, by setting. */
export function findSettingProblems(settings: ClientSettings): [SettingName, string][] {
  const rules = [...authenticationRules(settings), ...openidRules(settings)];
  const ofProfile = findSecurityProfileProblems(settings).map(([setting, code]): [SettingName, string] => [
    setting,
    problem(`consoleFieldProblems.fapi.${code}`),
  ]);
  return [...onlyBroken(rules), ...ofProfile, ...onlyBroken(grantRules(settings))];
}

function onlyBroken(rules: Rule[]): [SettingName, string][] {
  return rules
    .filter(([, isBroken]) => isBroken)
    .map(([setting, , code]) => [setting, problem(`consoleFieldProblems.combination.${code}`)]);
}

/** RFC 7591 §2. */
function authenticationRules(settings: ClientSettings): Rule[] {
  const { clientType, tokenEndpointAuthMethod: method, jwks, jwksUri } = settings;
  const isPublic = clientType === "public";
  const hasKeys = jwks !== null || jwksUri !== null;
  return [
    ["tokenEndpointAuthMethod", isPublic && method !== null && method !== "none", "publicMethod"],
    ["tokenEndpointAuthMethod", !isPublic && method === "none", "confidentialMethod"],
    ["jwks", isPublic && jwks !== null, "publicKeys"],
    ["jwksUri", isPublic && jwksUri !== null, "publicKeys"],
    ["jwksUri", jwks !== null && jwksUri !== null, "bothKeys"],
    ["jwks", method === "private_key_jwt" && !hasKeys, "assertionKeys"],
  ];
}

function openidRules(settings: ClientSettings): Rule[] {
  const { redirectUris, jwks, jwksUri, frontchannelLogoutUri } = settings;
  return [
    [
      "sectorIdentifierUri",
      // OpenID Connect Core §8.1.
      settings.subjectType === "pairwise" &&
        settings.sectorIdentifierUri === null &&
        provesSector(settings) &&
        listHosts(redirectUris).length > 1,
      "sector",
    ],
    [
      "requireSignedRequestObject",
      settings.requireSignedRequestObject && jwks === null && jwksUri === null,
      "requestKeys",
    ],
    [
      "frontchannelLogoutUri",
      // OpenID Connect Front-Channel Logout §2.
      frontchannelLogoutUri !== null && !redirectUris.some((uri) => isSameOrigin(uri, frontchannelLogoutUri)),
      "frontchannelOrigin",
    ],
  ];
}

/**
 * An application may be registered before it is known where users return to: without a redirect URI, the authorization
 * endpoint refuses it (RFC 6749 §3.1.2.3).
 */
function grantRules({ clientType, grantTypes }: ClientSettings): Rule[] {
  const usesCode = grantTypes.includes("authorization_code");
  return [
    ["grantTypes", clientType === "public" && grantTypes.includes("client_credentials"), "publicCredentials"],
    [
      "grantTypes",
      grantTypes.includes("refresh_token") && !usesCode && !grantTypes.includes(deviceCodeGrant),
      "refreshTokens",
    ],
  ];
}

function isSameOrigin(a: string, b: string): boolean {
  return isUrl(a) && isUrl(b) && new URL(a).origin === new URL(b).origin;
}
