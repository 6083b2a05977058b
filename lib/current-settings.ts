import { EnvironmentError, env, findInEnvironment, withStoredValues } from "@/lib/env";
import type { StoredValues, VariableName } from "@/lib/env-variables";
import { type Settings, toSettings } from "@/lib/settings";

/** One for the whole process: the server and the bundle of Next.js have copies of this module. */
const holder = globalThis as typeof globalThis & { latchkeySettings?: Settings };

/** The settings of this installation: the environment's, else what was saved, else the defaults. */
export function currentSettings(): Settings {
  holder.latchkeySettings ??= toSettings(env());
  return holder.latchkeySettings;
}

/**
 * From now on, `currentSettings` has these values where the environment has none.
 * @throws EnvironmentError, and changes nothing, if they are invalid or contradict the environment
 */
export function applyStoredValues(stored: StoredValues): void {
  holder.latchkeySettings = toSettings(withStoredValues(stored));
}

/** What is wrong with values before they are saved: lines that begin with a variable's name. */
export function findProblemsOfStored(stored: StoredValues): readonly string[] {
  try {
    withStoredValues(stored);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

/** What the environment sets, which wins; null if it doesn't. */
export function valueInEnvironment(name: VariableName): string | null {
  return findInEnvironment(name);
}
