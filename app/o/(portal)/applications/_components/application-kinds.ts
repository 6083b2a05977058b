import { type ApplicationKind, applicationKinds } from "@/lib/oauth/ports/client-choices";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import type { ApplicationValues } from "./form/application-fields";

type KindSettings = Pick<ApplicationValues, "client_type" | "authorization_grant_type">;

const withCode = ["authorization_code", "refresh_token"];

/**
 * What a kind decides. A secret in a public client could be read by anyone who has the program (RFC 8252 §8.5, OAuth
 * for Browser-Based Apps). It must use PKCE, without a setting here.
 */
export const kindSettings: Record<ApplicationKind, KindSettings> = {
  web: { client_type: "confidential", authorization_grant_type: withCode },
  single_page: { client_type: "public", authorization_grant_type: withCode },
  native: { client_type: "public", authorization_grant_type: withCode },
  machine: { client_type: "confidential", authorization_grant_type: ["client_credentials"] },
  device: { client_type: "public", authorization_grant_type: [deviceCodeGrant, "refresh_token"] },
};

/** A kind by its name in an address or a form. */
export function findKind(name: unknown): ApplicationKind | null {
  return applicationKinds.find((kind) => kind === name) ?? null;
}

/**
 * If the settings were filled in for another kind than the chosen one and not changed by hand, they become those of the
 * chosen kind. The browser does so immediately; without JavaScript the server does, when the form is sent.
 */
export function followKind(values: ApplicationValues): ApplicationValues {
  const kind = findKind(values.kind);
  if (!kind || values.kind === values.settings_of_kind) return values;
  return { ...values, ...(hasSettingsOfKind(values) ? kindSettings[kind] : {}), settings_of_kind: kind };
}

/**
 * Whether client type and grant types are those of the kind they were filled in for; of any kind, if that is unknown.
 */
export function hasSettingsOfKind(values: ApplicationValues): boolean {
  const kind = findKind(values.settings_of_kind);
  const grants = new Set(values.authorization_grant_type);
  return (kind ? [kind] : applicationKinds).some((known) => {
    const { client_type, authorization_grant_type } = kindSettings[known];
    return (
      values.client_type === client_type &&
      grants.size === authorization_grant_type.length &&
      authorization_grant_type.every((grant) => grants.has(grant))
    );
  });
}
