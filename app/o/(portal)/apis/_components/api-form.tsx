"use client";

import type { ReactNode } from "react";
import { ErrorSummary } from "@/app/_components/form/error-summary";
import { findFormErrors } from "@/app/_components/form/form-errors";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { CheckboxCards, RadioCards } from "@/components/ui/choice-cards";
import { TextAreaField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Scope } from "@/lib/oauth/ports/types";
import { apiSchema, newApiSchema } from "@/lib/services/apis/api-schema";
import { type ApiValues, readApiValues, toApiInput } from "./api-values";
import { tokenFormats } from "./token-formats";

export interface ApiFormProps {
  /** The identifier can't be changed after it has been created. */
  kind: "create" | "update";
  action: FormAction;
  csrf: string;
  initial: ApiValues;
  scopes: readonly Pick<Scope, "name" | "description">[];
  /** With code in them, or with amounts in words. */
  hints: { identifier: ReactNode; accessTokenLifetime: string };
  cancelHref: string;
}

/** The fields of an API. */
export function ApiForm({ kind, action, csrf, initial: given, scopes, hints, cancelHref }: ApiFormProps) {
  const t = useTexts("apiForm");
  const isNew = kind === "create";
  const read = useProblems();
  const form = useCheckedForm<ApiValues>({
    action,
    initial: given,
    read: readApiValues,
    check: (values) => findFormErrors(isNew ? newApiSchema : apiSchema, toApiInput(values), read),
  });
  const { initial, field, errorOf } = form;
  const scopesField = field("scopes");
  return (
    <form {...form.formProps} className="grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <Section title={t("subject.title")} description={t("subject.description")}>
          {isNew && (
            <TextField
              {...field("identifier")}
              id="identifier"
              label={t("identifier.label")}
              hint={hints.identifier}
              placeholder="https://api.example.com"
              defaultValue={initial.identifier}
              error={errorOf("identifier")}
              required
              mono
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <TextField
            {...field("name")}
            id="name"
            label={t("name")}
            defaultValue={initial.name}
            error={errorOf("name")}
            required
            autoComplete="off"
          />
          <CheckboxCards
            name="scopes"
            onChange={scopesField.onChange}
            id="scopes"
            label={t("scopes.label")}
            hint={t("scopes.hint")}
            choices={scopes.map(({ name, description }) => ({
              value: name,
              label: <code className="font-mono text-note break-all">{name}</code>,
              description,
            }))}
            columns={2}
            defaultValue={initial.scopes}
            error={errorOf("scopes")}
          />
        </Section>
        <Section title={t("accessTokens.title")} description={t("accessTokens.description")}>
          <RadioCards
            name="token_format"
            onChange={field("token_format").onChange}
            id="token_format"
            label={t("tokenFormat")}
            choices={tokenFormats.map((value) => ({
              value,
              label: t(`tokenFormats.${value}.label`),
              description: t(`tokenFormats.${value}.description`),
            }))}
            columns={2}
            defaultValue={initial.token_format}
            error={errorOf("token_format")}
          />
          <TextField
            {...field("access_token_lifetime")}
            id="access_token_lifetime"
            label={t("accessTokenLifetime.label")}
            hint={hints.accessTokenLifetime}
            defaultValue={initial.access_token_lifetime}
            error={errorOf("access_token_lifetime")}
            optional
            inputMode="numeric"
            autoComplete="off"
          />
        </Section>
        <Section title={t("resourceServers.title")} description={t("resourceServers.description")}>
          <TextAreaField
            {...field("resource_servers")}
            id="resource_servers"
            label={t("resourceServers.label")}
            hint={t("resourceServers.hint")}
            defaultValue={initial.resource_servers}
            error={errorOf("resource_servers")}
            optional
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Section>
      </Card>
      <FormActions>
        <SubmitButton pending={form.pending} pendingLabel={t("saving")}>
          {t(isNew ? "create" : "save")}
        </SubmitButton>
        <ButtonLink href={cancelHref}>{t("cancel")}</ButtonLink>
      </FormActions>
    </form>
  );
}
