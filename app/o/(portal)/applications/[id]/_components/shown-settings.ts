import type { KeyValueItem } from "@/components/ui/key-value-list";
import type { Texts } from "@/lib/messages/texts";
import { type ClientSettings, type SettingName, settingNames } from "@/lib/oauth/ports/client-settings";
import { formatIdTokenReaders } from "@/lib/services/applications/settings/id-token-readers";
import {
  isLabelled,
  type SettingTexts,
  type ShownTexts,
  settingTexts,
} from "@/lib/services/applications/settings/setting-texts";

export interface PageTexts {
  page: Texts<"applications">;
  settings: Texts<"applicationSettings">;
}

/** The lines of settings that define how they are shown there. */
export function listShownSettings(settings: ClientSettings, on: ShownTexts["on"], texts: PageTexts): KeyValueItem[] {
  return settingNames.flatMap((name) => showSetting(settings, name, on, texts));
}

function showSetting<Name extends SettingName>(
  settings: ClientSettings,
  name: Name,
  on: ShownTexts["on"],
  texts: PageTexts,
): KeyValueItem[] {
  const { shown }: SettingTexts<Name, ClientSettings[Name]> = settingTexts[name];
  if (shown?.on !== on) return [];
  if ("describe" in shown)
    return [{ label: texts.page(shown.label), value: texts.page(shown.describe(settings[name])) }];
  const value = shown.verbatim(settings[name]);
  const field: SettingName = name;
  if (value === null || !isLabelled(field)) return [];
  return [{ label: texts.settings(`fields.${field}.label`), value, mono: true, copy: value }];
}

/** What the settings mean for the application's programs. */
export function listProgramNotes(settings: ClientSettings, t: Texts<"quickStart">, locale: string): string[] {
  const readers = formatIdTokenReaders(locale);
  return settingNames.flatMap((name) => noteOf(settings, name)).map((key) => t(key, { readers }));
}

function noteOf<Name extends SettingName>(settings: ClientSettings, name: Name) {
  const { quickStart }: SettingTexts<Name, ClientSettings[Name]> = settingTexts[name];
  return quickStart ? [quickStart(settings[name])] : [];
}
