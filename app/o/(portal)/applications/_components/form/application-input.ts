import { defaultSettings, type SettingName, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import type { Need } from "@/lib/oauth/ports/setting-kinds";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { findOriginProblem } from "@/lib/services/applications/addresses/allowed-origin";
import type { ApplicationInput } from "@/lib/services/applications/settings/application-schema";
import { actsForUsers } from "../grant-types";
import { type ApplicationValues, splitLines, toFieldName } from "./application-fields";

/**
 * Input for the use cases. They validate it, so a value that isn't a choice of the form is rejected there. A setting
 * that another choice makes meaningless is hidden and counts as empty, and so does an omitted one.
 */
export function toApplicationInput(values: ApplicationValues): ApplicationInput {
  const grants = values.authorization_grant_type;
  const has: Record<Need, boolean> = {
    code: grants.includes("authorization_code"),
    users: actsForUsers(grants),
    // A public client has nothing to authenticate with, or to sign a request.
    keys: values.client_type !== "public",
  };
  const isVoid = (name: SettingName) => !(settingOf(name).needs ?? []).every((need) => has[need]);
  const sent = settingNames
    .filter((name) => !isVoid(name) || settingOf(name).required)
    .map((name) => [name, isVoid(name) ? defaultSettings[name] : readSetting(name, values)]);
  const input = Object.fromEntries(sent) as ApplicationInput;
  return {
    ...input,
    // Its box says what it depends on, so nobody has to untick it for a machine.
    grantTypes: grants.filter((grant) => grant !== "refresh_token" || has.users),
    allowedOrigins: readOrigins(values, input.redirectUris),
    ...(has.keys ? readAuthentication(values) : {}),
  };
}

/** An empty choice is none: the setting's default applies. */
function readSetting(name: SettingName, values: ApplicationValues): unknown {
  const value = values[toFieldName(name)];
  if (typeof value !== "string") return value;
  switch (settingOf(name).kind) {
    case "choice":
      return value || undefined;
    case "seconds":
      return readSeconds(value);
    case "redirect_uris":
    case "request_uris":
    case "origins":
    case "contexts":
      return splitLines(value);
    default:
      return value;
  }
}

/** A single-page app's scripts run at its redirect URIs by default. */
function readOrigins({ kind, allowed_origins }: ApplicationValues, redirectUris: readonly string[]): string[] {
  const origins = splitLines(allowed_origins);
  return kind === "single_page" && origins.length === 0 ? originsOf(redirectUris) : origins;
}

/** The distinct origins of web addresses among `uris`. */
export function originsOf(uris: readonly string[]): string[] {
  const origins = uris.flatMap((uri) => (isUrl(uri) ? [new URL(uri).origin] : []));
  return [...new Set(origins)].filter((origin) => findOriginProblem(origin) === null);
}

function readAuthentication(values: ApplicationValues) {
  // A security profile has no other method, so the form doesn't ask for one.
  const method = values.security_profile ? "private_key_jwt" : values.token_endpoint_auth_method;
  return {
    tokenEndpointAuthMethod: method || null,
    tokenEndpointAuthSigningAlg: (method === "private_key_jwt" && values.token_endpoint_auth_signing_alg) || null,
  } as Pick<ApplicationInput, "tokenEndpointAuthMethod" | "tokenEndpointAuthSigningAlg">;
}

/**
 * A value that isn't a whole number becomes one that the schema rejects with the same message, so that it checks the
 * rest as well.
 */
function readSeconds(text: string): number | null {
  if (text.trim() === "") return null;
  return /^\d+$/.test(text.trim()) ? Number(text) : -1;
}
