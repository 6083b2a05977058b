import type { VariableName } from "@/lib/env-variables";

/**
 * What administrators can change on a screen, by the variable of the same meaning, under the section that it stands in.
 * What a process needs before it can query a database isn't among them.
 */
export const savedSettings = {
  lifetimes: [
    "AUTHORIZATION_REQUEST_LIFETIME",
    "AUTHORIZATION_CODE_LIFETIME",
    "ACCESS_TOKEN_LIFETIME",
    "ID_TOKEN_LIFETIME",
    "REFRESH_TOKEN_IDLE_LIFETIME",
    "REFRESH_TOKEN_LIFETIME",
    "DEVICE_CODE_LIFETIME",
  ],
  sessions: ["SESSION_IDLE_LIFETIME", "SESSION_LIFETIME", "PASSWORD_CONFIRMATION_AGE"],
  registration: [
    "APPLICATION_REGISTRATION",
    "DYNAMIC_REGISTRATION",
    "REGISTRATIONS_PER_HOUR",
    "UNUSED_CLIENT_LIFETIME",
  ],
  operation: ["SIGNING_KEY_ROTATION_PERIOD", "UNAUTHENTICATED_EVENT_LIFETIME", "SECURITY_CONTACT"],
  email: ["SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM"],
} as const satisfies Record<string, readonly VariableName[]>;

export type SettingsSection = keyof typeof savedSettings;

export type SavedSetting = (typeof savedSettings)[SettingsSection][number];

export const settingsSections = Object.keys(savedSettings) as [SettingsSection, ...SettingsSection[]];

export const savedSettingNames = Object.values(savedSettings).flat() as [SavedSetting, ...SavedSetting[]];

export function isSavedSetting(name: string): name is SavedSetting {
  return (savedSettingNames as string[]).includes(name);
}

/** Sealed in the database and never answered. */
export function isSecretSetting(name: SavedSetting): boolean {
  return name === "SMTP_PASSWORD";
}
