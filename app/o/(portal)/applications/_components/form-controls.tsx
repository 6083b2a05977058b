"use client";

import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckboxField, SelectField, TextAreaField, TextField } from "@/components/ui/field";
import type { ApplicationFieldName, ApplicationValues } from "./application-fields";

/** What the parts of the form are given of it. */
export interface FormControls {
  initial: ApplicationValues;
  field: (name: ApplicationFieldName) => UseFormRegisterReturn;
  errorOf: (name: ApplicationFieldName) => ReactNode;
}

type NameOf<Value> = {
  [Name in ApplicationFieldName]: ApplicationValues[Name] extends Value ? Name : never;
}[ApplicationFieldName];

interface ControlProps<Value> {
  form: FormControls;
  name: NameOf<Value>;
  label: string;
  hint?: ReactNode;
}

type TypedProps = ControlProps<string> & { placeholder?: string };

/** What people copy from elsewhere must arrive as it is. */
const verbatim = { mono: true, autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

function common({ form, name, ...texts }: TypedProps) {
  return {
    ...form.field(name),
    ...verbatim,
    ...texts,
    id: name,
    defaultValue: form.initial[name],
    error: form.errorOf(name),
  };
}

export function AddressField(props: TypedProps) {
  return <TextField {...common(props)} inputMode="url" />;
}

export function AddressListField(props: TypedProps) {
  return <TextAreaField {...common(props)} rows={2} />;
}

export function CodeField(props: TypedProps) {
  return <TextAreaField {...common(props)} />;
}

export function ShortField({ inputMode, ...props }: TypedProps & { inputMode?: "numeric" }) {
  return <TextField {...common(props)} inputMode={inputMode} />;
}

export function Switch({ form, name, ...texts }: ControlProps<boolean>) {
  return (
    <CheckboxField id={name} name={name} {...texts} defaultChecked={form.initial[name]} error={form.errorOf(name)} />
  );
}

/** A choice among names of the protocol; `none` is what it is called to choose none of them. */
export function NameChoice({
  form,
  name,
  choices,
  none,
  ...texts
}: ControlProps<string> & { choices: readonly string[]; none?: string }) {
  return (
    <SelectField
      {...texts}
      id={name}
      name={name}
      options={[
        ...(none === undefined ? [] : [{ value: "", label: none }]),
        ...choices.map((value) => ({ value, label: value })),
      ]}
      defaultValue={form.initial[name]}
      error={form.errorOf(name)}
    />
  );
}
