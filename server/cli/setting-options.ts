import { type SettingName, settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import type { ApplicationInput } from "@/lib/services/applications/settings/application-schema";
import { textsOf } from "@/lib/services/applications/settings/setting-texts";

/** The options of `createapplication` for settings: those that have a help text for one. */
const optional = settingNames.filter((name) => textsOf(name).option !== undefined);

const isFlag = (name: SettingName) => settingOf(name).kind === "flag";
const toOption = (name: SettingName) => toSnakeCase(name).replaceAll("_", "-");

/** For `parseArgs`. */
export const settingOptions: Record<string, { type: "boolean" | "string" }> = Object.fromEntries(
  optional.map((name) => [toOption(name), { type: isFlag(name) ? "boolean" : "string" }]),
);

/** Lines of the usage text. */
export function describeSettingOptions(): string {
  const lines = optional.map((name) => {
    const option = `--${toOption(name)}${isFlag(name) ? "" : " VALUE"}`;
    return `  ${option.padEnd(22)} ${textsOf(name).option}`;
  });
  return lines.join("\n");
}

export function readSettingOptions(values: Readonly<Record<string, unknown>>): Partial<ApplicationInput> {
  return Object.fromEntries(optional.map((name) => [name, values[toOption(name)]]));
}
