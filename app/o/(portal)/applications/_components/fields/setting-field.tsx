"use client";

import type { ReactNode } from "react";
import { useCompiledTexts, useTexts } from "@/components/texts/use-texts";
import { joinClasses } from "@/components/ui/class-names";
import { CheckboxField, SelectField, TextAreaField, TextField } from "@/components/ui/field";
import type { Messages } from "@/lib/messages/catalog";
import type { TextKey } from "@/lib/messages/text-key";
import { settingNames, settingOf } from "@/lib/oauth/ports/client-settings";
import type { Need } from "@/lib/oauth/ports/setting-kinds";
import { formatIdTokenReaders } from "@/lib/services/applications/settings/id-token-readers";
import {
  isLabelled,
  type LabelledSetting,
  type SettingTexts,
  textsOf,
} from "@/lib/services/applications/settings/setting-texts";
import { toFieldName } from "../form/application-fields";
import {
  codeOnly,
  confidentialOnly,
  keyOnly,
  pairwiseOnly,
  usersOnly,
  withoutMessageSigning,
  withoutProfile,
} from "../form/visibility";
import { AddressRows } from "./addresses/address-rows";
import type { FormControls } from "./form-controls";

const needClasses: Record<Need, string> = { code: codeOnly, users: usersOnly, keys: confidentialOnly };

interface GroupProps {
  form: FormControls;
  group: NonNullable<SettingTexts["group"]>;
  className?: string;
}

/** The fields of a group, in the order of the settings. */
export function SettingFields({ form, group, className }: GroupProps) {
  return settingNames
    .filter(isLabelled)
    .filter((name) => textsOf(name).group === group && form.offers(name))
    .map((name) => <SettingField key={name} form={form} name={name} className={className} />);
}

export interface SettingFieldProps {
  form: FormControls;
  name: LabelledSetting;
  /** Replaces the setting's own hint. */
  hint?: ReactNode;
  className?: string | undefined;
}

/** The field for a setting, by its kind; hidden if another choice makes it meaningless. */
export function SettingField({ form, name, hint, className }: SettingFieldProps) {
  const { hiddenBy, onlyWith } = textsOf(name);
  return (
    <div
      className={joinClasses(
        ...(settingOf(name).needs ?? []).map((need) => needClasses[need]),
        hiddenBy === "profile" && withoutProfile,
        hiddenBy === "message_signing" && withoutMessageSigning,
        onlyWith === "own_key" && keyOnly,
        onlyWith === "pairwise" && pairwiseOnly,
        className,
      )}
    >
      <Control form={form} name={name} hint={hint} />
    </div>
  );
}

/** Pasted values must arrive unchanged. */
const verbatim = { mono: true, autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

function Control({ form, name, hint }: SettingFieldProps) {
  const t = useTexts("applicationSettings");
  const { texts, locale } = useCompiledTexts("applicationSettings");
  // Only some settings have these.
  const textOf = (part: "hint" | "placeholder" | "none") => {
    const key = `fields.${name}.${part}` as TextKey<Messages["applicationSettings"]>;
    return Object.hasOwn(texts, key) ? t(key, { readers: formatIdTokenReaders(locale) }) : undefined;
  };
  const none = textOf("none");
  const { kind, choices = [] } = settingOf(name);
  const field = toFieldName(name);
  const value = form.initial[field];
  const common = {
    id: field,
    label: t(`fields.${name}.label`),
    hint: hint ?? textOf("hint"),
    error: form.errorOf(field),
  };
  const typed = () => ({
    ...form.field(field),
    ...verbatim,
    ...common,
    placeholder: textOf("placeholder"),
    defaultValue: String(value),
  });
  switch (kind) {
    case "flag":
      return <CheckboxField {...common} name={field} defaultChecked={value === true} />;
    case "choice":
      return (
        <SelectField
          {...common}
          name={field}
          options={[
            ...(none === undefined ? [] : [{ value: "", label: none }]),
            ...choices.map((choice) => ({ value: choice, label: choice })),
          ]}
          defaultValue={String(value)}
        />
      );
    case "keys":
      return <TextAreaField {...typed()} />;
    case "redirect_uris":
    case "request_uris":
    case "origins":
      return (
        <AddressRows
          name={field}
          kind={kind}
          label={common.label}
          hint={common.hint}
          error={common.error}
          field={form.field(field)}
          initial={String(value)}
          policy={form.policy}
          placeholder={textOf("placeholder")}
        />
      );
    case "seconds":
      return <TextField {...typed()} inputMode="numeric" />;
    case "address":
    case "api":
      return <TextField {...typed()} inputMode="url" />;
    default:
      return <TextField {...typed()} />;
  }
}
