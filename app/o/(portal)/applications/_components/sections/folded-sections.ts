import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import { hasSettingsOfKind } from "../application-kinds";
import { type ApplicationValues, showSettings } from "../form/application-fields";
import { fieldsOfSection, type SettingSection } from "./setting-sections";

const common: readonly SettingSection[] = ["general", "redirectUris", "permissions"];

/** Whether most applications leave the section as it is: then it is folded. */
export function isUncommon(section: SettingSection): boolean {
  return !common.includes(section);
}

/** Whether the section holds what a new application of this kind has. */
export function isUnchanged(section: SettingSection, stored: ApplicationValues): boolean {
  if (section === "grants") return hasSettingsOfKind(stored);
  const defaults: Partial<ApplicationValues> = showSettings(defaultSettings);
  return fieldsOfSection(section).every((name) => String(stored[name]) === String(defaults[name] ?? ""));
}
