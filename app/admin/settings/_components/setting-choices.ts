/** Settings with a few values, in the order in which they are offered. */
export const settingChoices = {
  APPLICATION_REGISTRATION: ["everyone", "owners"],
  DYNAMIC_REGISTRATION: ["off", "token", "open"],
  SMTP_SECURITY: ["starttls", "tls", "none"],
} as const;

export function isChoice(name: string): name is keyof typeof settingChoices {
  return Object.hasOwn(settingChoices, name);
}
