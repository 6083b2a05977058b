import "server-only";
import { z } from "zod";
import { leaveOutUnusable, valueInEnvironment } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { readStoredSettings } from "@/lib/db/stored-settings";
import { variables } from "@/lib/env-variables";
import { requirePermission, type ServiceContext } from "../context";
import { describedProblem, toDescribedProblem } from "../described-problem";
import { parseInput } from "../parse";
import type { Described, Returned, Sent, Wire } from "../wire";
import { openStored } from "./load-settings";
import { isSecretSetting, savedSettingNames, savedSettings, settingsSections } from "./saved-settings";

export const settingValue = z.strictObject({
  /** Of the environment variable with the same meaning. */
  name: z.enum(savedSettingNames),
  /** As the variable would have it. Null: not set and without a default, or a secret. */
  value: z.string().nullable(),
  /** `environment` wins and can't be changed here. */
  source: z.enum(["environment", "saved", "default"]),
  isSecret: z.boolean(),
  isSet: z.boolean(),
  /** The saved value isn't used: it is invalid, or contradicts another setting. `value` is what is used. */
  ignored: z
    .strictObject({
      value: z.string().nullable(),
      /** What is wrong with it. Null: it contradicts another setting. */
      reason: describedProblem.nullable(),
    })
    .nullable(),
});

export type SettingValue = Described<typeof settingValue>;

export const getSettingsWire = {
  input: z.object({ section: z.enum(settingsSections) }),
  output: z.strictObject({ settings: z.array(settingValue) }),
} satisfies Wire;

/** The settings of a section, and where each comes from. */
export async function getSettings(
  context: ServiceContext,
  input: Sent<typeof getSettingsWire>,
): Promise<Returned<typeof getSettingsWire>> {
  requirePermission(context, "settings:read");
  const { section } = parseInput(getSettingsWire.input, input);
  const { values: stored } = openStored(await readStoredSettings(getPrisma()));
  const { values, ignored } = leaveOutUnusable(stored);
  const problems = new Map(ignored.map(({ name: left, problem }) => [left, problem]));
  const settings = savedSettings[section].map((name): SettingValue => {
    const [inEnvironment, saved] = [valueInEnvironment(name), values[name] ?? null];
    const here = saved === null ? "default" : "saved";
    const value = inEnvironment ?? saved ?? findDefault(name);
    const isSecret = isSecretSetting(name);
    const problem = problems.get(name);
    // A problem of another variable asks for a change there.
    const reason = problem?.name === name && problem.reason ? toDescribedProblem(problem.reason) : null;
    return {
      name,
      value: isSecret ? null : value,
      source: inEnvironment === null ? here : "environment",
      isSecret,
      isSet: value !== null,
      ignored: problem ? { value: isSecret ? null : (stored[name] ?? null), reason } : null,
    };
  });
  return { settings };
}

/** As text; null for a variable without a default. */
function findDefault(name: keyof typeof variables.shape): string | null {
  const parsed = variables.shape[name].safeParse(undefined);
  return parsed.success && ["string", "number"].includes(typeof parsed.data) ? String(parsed.data) : null;
}
