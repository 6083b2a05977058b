"use client";

import { useState } from "react";
import { ErrorSummary } from "@/app/_components/form/error-summary";
import { findFormErrors } from "@/app/_components/form/form-errors";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { CheckboxField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import { newScopeSchema, scopeSchema } from "@/lib/services/scopes/scope-schema";
import { ConsentPreview } from "./consent-preview";
import { readScopeValues, type ScopeValues, toScopeInput } from "./scope-values";

export interface ScopeFormProps {
  /** The name can't be changed after it has been created. */
  kind: "create" | "update";
  action: FormAction;
  csrf: string;
  initial: ScopeValues;
  /** Whether no other scope is a default. */
  isOnlyDefault: boolean;
  /** A fixed scope stays restricted and is never a default. */
  isFixed: boolean;
}

/** The fields of a scope, with the sentence as users will read it. */
export function ScopeForm({ kind, action, csrf, initial: given, isOnlyDefault, isFixed }: ScopeFormProps) {
  const t = useTexts("scopeForm");
  const isNew = kind === "create";
  const read = useProblems();
  const form = useCheckedForm<ScopeValues>({
    action,
    initial: given,
    read: readScopeValues,
    check: (values) => findFormErrors(isNew ? newScopeSchema : scopeSchema, toScopeInput(values), read),
  });
  const { initial, field, errorOf } = form;
  const [name, setName] = useState(initial.name);
  const [description, setDescription] = useState(initial.description);
  const nameField = field("name");
  const descriptionField = field("description");
  return (
    <form {...form.formProps} className="group/form grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <Section title={t("purpose.title")} description={t("purpose.description")}>
          {isNew && (
            <TextField
              {...nameField}
              onChange={(event) => {
                setName(event.target.value);
                return nameField.onChange(event);
              }}
              id="name"
              label={t("name.label")}
              hint={t("name.hint")}
              defaultValue={initial.name}
              error={errorOf("name")}
              required
              mono
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <TextField
            {...descriptionField}
            onChange={(event) => {
              setDescription(event.target.value);
              return descriptionField.onChange(event);
            }}
            id="description"
            label={t("description.label")}
            hint={t("description.hint")}
            defaultValue={initial.description}
            error={errorOf("description")}
            required
            autoComplete="off"
          />
          <ConsentPreview name={name} description={description} />
        </Section>
        <Section title={t("access.title")} description={t("access.description")}>
          {isFixed ? <FixedAccess /> : <AccessFields form={form} isOnlyDefault={isOnlyDefault} />}
        </Section>
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel={t("saving")}>
          {t(isNew ? "create" : "save")}
        </SubmitButton>
        <ButtonLink href="/o/scopes/">{t("cancel")}</ButtonLink>
      </FormActions>
    </form>
  );
}

interface AccessFieldsProps {
  form: Pick<ReturnType<typeof useCheckedForm<ScopeValues>>, "initial" | "errorOf">;
  isOnlyDefault: boolean;
}

/** CSS shows what unticking the last default means, so it needs no JavaScript. */
function AccessFields({ form: { initial, errorOf }, isOnlyDefault }: AccessFieldsProps) {
  const t = useTexts("scopeForm");
  return (
    <>
      <CheckboxField
        id="is_default"
        name="is_default"
        label={t("default.label")}
        hint={t("default.hint")}
        defaultChecked={initial.is_default}
        error={errorOf("is_default")}
      />
      {isOnlyDefault && (
        <div className="hidden group-has-[#is_default:not(:checked)]/form:block">
          <Alert tone="warning" title={t("lastDefault.title")}>
            {t("lastDefault.text")}
          </Alert>
        </div>
      )}
      <CheckboxField
        id="is_restricted"
        name="is_restricted"
        label={t("restricted.label")}
        hint={t("restricted.hint")}
        defaultChecked={initial.is_restricted}
        error={errorOf("is_restricted")}
      />
    </>
  );
}

function FixedAccess() {
  const t = useTexts("scopeForm");
  return (
    <>
      <input type="hidden" name="is_restricted" value="on" />
      <Alert tone="info" title={t("fixed.title")}>
        {t("fixed.text")}
      </Alert>
    </>
  );
}
