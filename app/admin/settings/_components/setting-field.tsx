import { SelectField, TextField } from "@/components/ui/field";
import { problemsIn } from "@/lib/messages/problems-in";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { sayProblem } from "@/lib/services/described-problem";
import type { SettingValue } from "@/lib/services/settings/get-settings";
import { isChoice, settingChoices } from "./setting-choices";

export interface SettingFieldProps {
  setting: SettingValue;
  /** What was typed, if the form was rejected. */
  typed: string | undefined;
  /** What is wrong with what was typed, in the language of the page. */
  errors: readonly string[] | undefined;
  mayWrite: boolean;
}

/** The field of one setting. What the environment sets is shown with the name of its variable. */
export async function SettingField({ setting, typed, errors, mayWrite }: SettingFieldProps) {
  const { name, value, source, isSecret, isSet } = setting;
  const t = await getTexts("settings");
  const fromEnvironment = source === "environment";
  const about = {
    name,
    label: t(`fields.${name}.label`),
    hint: fromEnvironment
      ? t.rich("fromEnvironment", { name, code: (chunks) => <code>{chunks}</code> })
      : t(`fields.${name}.hint`),
    error: errors?.join(" ") ?? (await describeIgnored(setting)),
  };
  const isLocked = fromEnvironment || !mayWrite;
  if (isChoice(name)) {
    const options = settingChoices[name].map((choice) => ({
      value: choice,
      label: t(`choices.${name}.${choice}` as never),
    }));
    return <SelectField {...about} options={options} defaultValue={typed ?? value ?? undefined} disabled={isLocked} />;
  }
  if (isSecret) {
    const placeholder = isSet ? t("kept") : undefined;
    return <TextField {...about} type="password" autoComplete="off" placeholder={placeholder} readOnly={isLocked} />;
  }
  const isNumber = /^\d+$/.test(value ?? "");
  return (
    <TextField
      {...about}
      defaultValue={typed ?? value ?? ""}
      readOnly={isLocked}
      autoComplete="off"
      spellCheck={false}
      inputMode={isNumber ? "numeric" : undefined}
    />
  );
}

/** Why what was saved isn't used; undefined if it is. */
async function describeIgnored({ value, ignored }: SettingValue): Promise<string | undefined> {
  if (!ignored) return undefined;
  const t = await getTexts("settings");
  const about = { saved: ignored.value ?? t("kept"), used: value ?? t("nothing") };
  if (!ignored.reason) return t("ignored", about);
  return t("unusable", { ...about, reason: sayProblem(ignored.reason, problemsIn(await getLocale())) });
}
