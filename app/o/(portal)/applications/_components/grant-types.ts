import { deviceCodeGrant, type GrantType } from "@/lib/oauth/ports/types";

/** What each grant type is for, in the words of developers who register an application. */
export const grantTypeTexts: Record<GrantType, { label: string; description: string }> = {
  authorization_code: {
    label: "Authorization code",
    description: "Users sign in here and authorize the application.",
  },
  refresh_token: {
    label: "Refresh token",
    description: "It stays connected without asking again. Only with authorization code or device code.",
  },
  [deviceCodeGrant]: {
    label: "Device code",
    description: "Users authorize it on another screen: for TVs, consoles and command lines without a browser.",
  },
  client_credentials: {
    label: "Client credentials",
    description: "It acts on its own, without a user: jobs, services, scripts.",
  },
};

/** In the order of the form, with related ones together. */
export const grantTypeChoices = [
  "authorization_code",
  deviceCodeGrant,
  "refresh_token",
  "client_credentials",
] as const satisfies GrantType[];

/** The label of a grant type, or its wire name if it has none. */
export function labelGrantType(grantType: string): string {
  return Object.hasOwn(grantTypeTexts, grantType) ? grantTypeTexts[grantType as GrantType].label : grantType;
}

/** Whether users sign in with it, here or on another screen. */
export function actsForUsers(grantTypes: readonly string[]): boolean {
  return grantTypes.includes("authorization_code") || grantTypes.includes(deviceCodeGrant);
}
