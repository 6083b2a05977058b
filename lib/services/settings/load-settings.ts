import "server-only";
import { applyStoredValues } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { readStoredSettings, type StoredSetting } from "@/lib/db/stored-settings";
import type { StoredValues } from "@/lib/env-variables";
import { openSealedText } from "@/lib/keys/seal-text";
import { log } from "@/lib/log";
import { isSavedSetting, isSecretSetting } from "./saved-settings";

/** Problems are logged once, not at every reading. */
let reported = "";

/**
 * Reads what administrators have saved into `currentSettings`. Called at start and every few seconds, as another
 * process may have changed it. Values that can't be used, such as one that contradicts the environment, are left out.
 * @throws if the database doesn't answer; the settings stay as they were
 */
export async function loadSettings(): Promise<void> {
  const { values, unreadable } = openStored(await readStoredSettings(getPrisma()));
  const problems = unreadable.map((name) => `${name} was sealed under another AUTH_SECRET: enter it again`);
  problems.push(...applyStoredValues(values).map(({ name, problem }) => `${name} is ignored: ${problem.line}`));
  const found = problems.join("\n");
  if (found !== "" && found !== reported) log().warn({ problems }, "saved settings can't be used");
  reported = found;
}

/** The values of rows in clear text. Rows that no variable has anymore are left out. */
export function openStored(rows: readonly StoredSetting[]): { values: StoredValues; unreadable: string[] } {
  const values: Record<string, string> = {};
  const unreadable: string[] = [];
  for (const { name, value } of rows) {
    if (!isSavedSetting(name)) continue;
    const opened = isSecretSetting(name) ? openSealedText(value, "settings", name) : value;
    if (opened === null) unreadable.push(name);
    else values[name] = opened;
  }
  return { values, unreadable };
}
