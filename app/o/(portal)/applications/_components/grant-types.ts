import type { Texts } from "@/lib/messages/texts";
import { deviceCodeGrant, type GrantType } from "@/lib/oauth/ports/types";

/** In the order of the form, with related ones together. */
export const grantTypeChoices = [
  "authorization_code",
  deviceCodeGrant,
  "refresh_token",
  "client_credentials",
] as const satisfies GrantType[];

/** The label of a grant type, or its wire name if it has none. */
export function labelGrantType(grantType: string, t: Texts<"applicationSettings">): string {
  const known = grantTypeChoices.find((choice) => choice === grantType);
  return known ? t(`grantTypes.${known}.label`) : grantType;
}

/** Whether users sign in with it, here or on another screen. */
export function actsForUsers(grantTypes: readonly string[]): boolean {
  return grantTypes.includes("authorization_code") || grantTypes.includes(deviceCodeGrant);
}
