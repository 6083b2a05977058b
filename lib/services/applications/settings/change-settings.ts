import { applySecurityProfile } from "@/lib/oauth/client/fapi";
import { type ClientSettings, type SettingName, settingNames } from "@/lib/oauth/ports/client-settings";
import { ValidationError } from "../../errors";
import type { ApplicationFields } from "./application-schema";
import { findSettingProblems } from "./setting-rules";

/**
 * The settings after a change of some of them. What is stored comes from the locked row, so that of two changes at the
 * same moment neither undoes the other; their rules may contradict each other only together, so they apply again.
 * @throws ValidationError by setting
 */
export function changeSettings(
  before: ClientSettings,
  sent: ApplicationFields,
  only: readonly SettingName[],
): ClientSettings {
  // Omitted, a setting stays unchanged.
  const changed = only.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name]]);
  const kept = settingNames.map((name) => [name, before[name]]);
  const after = applySecurityProfile({ ...Object.fromEntries(kept), ...Object.fromEntries(changed) } as ClientSettings);
  const problems: Record<string, string[]> = {};
  for (const [name, problem] of findSettingProblems(after)) problems[name] = [...(problems[name] ?? []), problem];
  if (Object.keys(problems).length > 0) throw new ValidationError(problems);
  return after;
}
