import { EnvironmentError, env, findInEnvironment, withStoredValues } from "@/lib/env";
import type { StoredValues, VariableName } from "@/lib/env-variables";
import { type Settings, toSettings } from "@/lib/settings";
import type { VariableProblem } from "@/lib/variable-problem";

/** One for the whole process: the server and the bundle of Next.js have copies of this module. */
const holder = globalThis as typeof globalThis & { latchkeySettings?: Settings };

/** The settings of this installation: the environment's, else what was saved, else the defaults. */
export function currentSettings(): Settings {
  holder.latchkeySettings ??= toSettings(env());
  return holder.latchkeySettings;
}

/** A saved value that isn't used, and why: it is wrong itself, or another variable contradicts it. */
export interface IgnoredValue {
  name: string;
  problem: VariableProblem;
}

/**
 * From now on, `currentSettings` has these values where the environment has none. Those that are invalid, or contradict
 * the environment or each other, are left out and returned: one of them must not take the others away.
 */
export function applyStoredValues(stored: StoredValues): IgnoredValue[] {
  const { values, ignored } = leaveOutUnusable(stored);
  holder.latchkeySettings = toSettings(withStoredValues(values));
  return ignored;
}

/** The values that can be used together with the environment, and the others. */
export function leaveOutUnusable(stored: StoredValues): { values: StoredValues; ignored: IgnoredValue[] } {
  const values: Record<string, string> = { ...stored };
  const ignored: IgnoredValue[] = [];
  while (Object.keys(values).length > 0) {
    const [problem] = findProblemsOfStored(values);
    if (problem === undefined) break;
    // The first of its variables that was saved: the others are the environment's, or defaults.
    const isUsed = (name: string) => name in values && findInEnvironment(name as VariableName) === null;
    const named = (problem.line.match(/\b[A-Z][A-Z_]+\b/g) ?? []).find(isUsed);
    for (const name of named === undefined ? Object.keys(values) : [named]) {
      ignored.push({ name, problem });
      delete values[name];
    }
  }
  return { values, ignored };
}

/** What is wrong with values before they are saved. */
export function findProblemsOfStored(stored: StoredValues): readonly VariableProblem[] {
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
