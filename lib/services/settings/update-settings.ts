import "server-only";
import { z } from "zod";
import { findProblemsOfStored, valueInEnvironment } from "@/lib/current-settings";
import { lockSettings, readStoredSettings } from "@/lib/db/stored-settings";
import type { StoredValues } from "@/lib/env-variables";
import { sealText } from "@/lib/keys/seal-text";
import { problem } from "@/lib/messages/problem";
import { actorId, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import type { Sent, Wire } from "../wire";
import { loadSettings, openStored } from "./load-settings";
import { isSavedSetting, isSecretSetting, type SavedSetting, savedSettingNames } from "./saved-settings";

export const updateSettingsWire = {
  /** As the variables would have them; an empty one goes back to the default, or keeps a secret. Others stay. */
  input: z.object({ values: z.partialRecord(z.enum(savedSettingNames), z.string().max(2000)) }),
  output: null,
} satisfies Wire;

type Values = Partial<Record<SavedSetting, string>>;

/** A password was entered for one server: another must not get it. */
const whereThePasswordGoes = ["SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER"] as const;

/**
 * Saves settings for all processes: in this one they hold when this returns, in the others some seconds later.
 * @throws ValidationError by name; PasswordConfirmationError: a setting can take the confirmation itself away
 */
export async function updateSettings(context: ServiceContext, input: Sent<typeof updateSettingsWire>): Promise<void> {
  requirePermission(context, "settings:write");
  requireRecentPassword(context);
  const sent = trimmed(parseInput(updateSettingsWire.input, input).values);
  await withTransaction(context, async (tx, audit) => {
    await lockSettings(tx);
    const { values: before, unreadable } = openStored(await readStoredSettings(tx));
    const after = toSaved(before, sent);
    const changed = savedSettingNames.filter(
      (name) => before[name] !== after[name] || (unreadable.includes(name) && sent[name] !== undefined),
    );
    if (changed.length === 0) return;
    check(sent, { before, after }, changed);
    await save(tx, context, after, changed);
    await audit.record({ type: "settings.changed", at: context.now(), details: { names: changed } });
  });
  await loadSettings();
}

/** An empty field for a secret leaves it as it is: pages don't know it. */
function trimmed(values: Values): Values {
  const lines = Object.entries(values).map(([name, value]) => [name as SavedSetting, value.trim()] as const);
  return Object.fromEntries(lines.filter(([name, value]) => value !== "" || !isSecretSetting(name)));
}

function toSaved(before: StoredValues, sent: Values): Values {
  const after: Values = { ...before, ...sent };
  for (const name of savedSettingNames) if (!after[name]) delete after[name];
  if (!after.SMTP_USER && valueInEnvironment("SMTP_USER") === null) delete after.SMTP_PASSWORD;
  return after;
}

function check(
  sent: Values,
  { before, after }: { before: StoredValues; after: Values },
  changed: readonly SavedSetting[],
): void {
  const errors: Record<string, string[]> = {};
  const refuse = (name: string, sentence: string) => {
    errors[name] = [...(errors[name] ?? []), sentence];
  };
  for (const name of changed) {
    if (valueInEnvironment(name) !== null) refuse(name, problem("consoleProblems.settings.environment"));
  }
  // A saved value that is ignored already is no reason to refuse a change of another.
  const known = new Set(findProblemsOfStored(before).map(({ line }) => line));
  for (const { name, line, reason } of findProblemsOfStored(after)) {
    if (known.has(line) && !changed.some((one) => new RegExp(`\\b${one}\\b`).test(line))) continue;
    refuse(isSavedSetting(name) ? name : "form", reason ?? problem("consoleProblems.settings.value"));
  }
  const goesElsewhere = whereThePasswordGoes.some((name) => changed.includes(name));
  if (goesElsewhere && after.SMTP_PASSWORD && sent.SMTP_PASSWORD === undefined) {
    refuse("SMTP_PASSWORD", problem("consoleProblems.settings.passwordAgain"));
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}

/** A statement for each kind of change, whatever their number. */
async function save(tx: Transaction, context: ServiceContext, after: Values, changed: readonly SavedSetting[]) {
  const [updatedAt, updatedById] = [context.now(), actorId(context)];
  await tx.setting.deleteMany({ where: { name: { in: [...changed] } } });
  const data = changed.flatMap((name) => {
    const value = after[name];
    if (value === undefined) return [];
    return [{ name, value: isSecretSetting(name) ? sealText(value, "settings", name) : value, updatedAt, updatedById }];
  });
  if (data.length > 0) await tx.setting.createMany({ data });
}
