import type { KeyValueItem } from "@/components/ui/key-value-list";
import { type ClientSettings, type SettingName, settingNames } from "@/lib/oauth/ports/client-settings";
import { type SettingTexts, settingTexts } from "@/lib/services/applications/settings/setting-texts";

type Place = NonNullable<SettingTexts["shown"]>["on"];

/** The lines of settings that define how they are shown there. */
export function listShownSettings(settings: ClientSettings, on: Place): KeyValueItem[] {
  return settingNames.flatMap((name) => showSetting(settings, name, on));
}

function showSetting<Name extends SettingName>(settings: ClientSettings, name: Name, on: Place): KeyValueItem[] {
  const { shown }: SettingTexts<ClientSettings[Name]> = settingTexts[name];
  if (shown?.on !== on) return [];
  const value = shown.describe(settings[name]);
  if (value === null) return [];
  return [{ label: shown.label, value, ...(shown.verbatim && { mono: true, copy: value }) }];
}

/** What the settings mean for the application's programs. */
export function listProgramNotes(settings: ClientSettings): string[] {
  return settingNames.flatMap((name) => noteOf(settings, name));
}

function noteOf<Name extends SettingName>(settings: ClientSettings, name: Name): string[] {
  const { quickStart }: SettingTexts<ClientSettings[Name]> = settingTexts[name];
  return quickStart ? [quickStart(settings[name])] : [];
}
