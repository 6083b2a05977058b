import { z } from "zod";
import { type ClientSettings, type SettingName, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import type { Setting, SettingKind } from "@/lib/oauth/ports/setting-kinds";

const texts = () => z.array(z.string());
const text = () => z.string().nullable();

/** What is kept of each kind. No limits: values stored under other rules are still shown. */
const kinds: Readonly<Record<SettingKind, (setting: Setting) => z.ZodType>> = {
  name: () => z.string(),
  flag: () => z.boolean(),
  choice: (setting) =>
    setting.default === null ? z.enum(setting.choices ?? []).nullable() : z.enum(setting.choices ?? []),
  choices: ({ choices = [] }) => z.array(z.enum(choices)),
  scopes: texts,
  redirect_uris: texts,
  request_uris: texts,
  origins: texts,
  contexts: texts,
  address: text,
  keys: () => z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }).nullable(),
  api: text,
  seconds: () => z.int().nullable(),
};

/** The settings of an application, as an answer has them. */
export const keptSettings = Object.fromEntries(
  settingNames.map((name) => [name, kinds[settingOf(name).kind](settingOf(name))]),
) as unknown as { readonly [Name in SettingName]: z.ZodType<ClientSettings[Name]> };
