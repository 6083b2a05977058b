import { SelectField, TextField } from "@/components/ui/field";
import { getTexts } from "@/lib/messages/request-locale";
import type { SettingValue } from "@/lib/services/settings/get-settings";
import { isChoice, settingChoices } from "./setting-choices";

export interface SettingFieldProps {
  setting: SettingValue;
  /** What was typed, if the form was rejected. */
  typed: string | undefined;
  isWrong: boolean;
  mayWrite: boolean;
}

/** The field of one setting. What the environment sets is shown with the name of its variable. */
export async function SettingField({ setting, typed, isWrong, mayWrite }: SettingFieldProps) {
  const { name, value, source, isSecret, isSet, ignored } = setting;
  const t = await getTexts("settings");
  const fromEnvironment = source === "environment";
  const ignoredText = ignored
    ? t("ignored", { saved: ignored.value ?? t("kept"), used: value ?? t("nothing") })
    : undefined;
  const about = {
    name,
    label: t(`fields.${name}.label`),
    hint: fromEnvironment
      ? t.rich("fromEnvironment", { name, code: (chunks) => <code>{chunks}</code> })
      : t(`fields.${name}.hint`),
    error: isWrong ? t(`fields.${name}.error`) : ignoredText,
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
