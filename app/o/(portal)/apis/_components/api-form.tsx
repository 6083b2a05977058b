"use client";

import { ErrorSummary } from "@/app/_components/form/error-summary";
import { findFormErrors } from "@/app/_components/form/form-errors";
import { type FormAction, useCheckedForm } from "@/app/_components/form/use-checked-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { CheckboxCards, RadioCards } from "@/components/ui/choice-cards";
import { TextAreaField, TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Scope } from "@/lib/oauth/ports/types";
import { accessTokenLifetimes, apiSchema, newApiSchema } from "@/lib/services/apis/api-schema";
import { type ApiValues, readApiValues, toApiInput } from "./api-values";
import { formatLifetime, tokenFormatTexts } from "./token-formats";

export interface ApiFormProps {
  /** The identifier can't be changed after it has been created. */
  kind: "create" | "update";
  action: FormAction;
  csrf: string;
  initial: ApiValues;
  scopes: readonly Pick<Scope, "name" | "description">[];
  /** The default lifetime of access tokens, in seconds. */
  serverLifetime: number;
  cancelHref: string;
}

/** The fields of an API. */
export function ApiForm({ kind, action, csrf, initial: given, scopes, serverLifetime, cancelHref }: ApiFormProps) {
  const isNew = kind === "create";
  const form = useCheckedForm<ApiValues>({
    action,
    initial: given,
    read: readApiValues,
    check: (values) => findFormErrors(isNew ? newApiSchema : apiSchema, toApiInput(values)),
  });
  const { initial, field, errorOf } = form;
  const scopesField = field("scopes");
  return (
    <form {...form.formProps} className="grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...form.rejection} />
      <Card>
        <Section
          title="API"
          description="What applications get tokens for. The identifier is the audience of these tokens."
        >
          {isNew && (
            <TextField
              {...field("identifier")}
              id="identifier"
              label="Identifier"
              hint={
                <>
                  A complete URI, exactly as applications send it as <code className="font-mono">resource</code>. Can't
                  be changed later.
                </>
              }
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
            label="Name"
            defaultValue={initial.name}
            error={errorOf("name")}
            required
            autoComplete="off"
          />
          <CheckboxCards
            name="scopes"
            onChange={scopesField.onChange}
            id="scopes"
            label="Scopes"
            hint="Tokens for this API carry only these scopes."
            choices={scopes.map(({ name, description }) => ({
              value: name,
              label: <code className="font-mono text-[0.8125rem] break-all">{name}</code>,
              description,
            }))}
            columns={2}
            defaultValue={initial.scopes}
            error={errorOf("scopes")}
          />
        </Section>
        <Section title="Access tokens" description="Applies to tokens issued from now on.">
          <RadioCards
            name="token_format"
            onChange={field("token_format").onChange}
            id="token_format"
            label="Token format"
            choices={Object.entries(tokenFormatTexts).map(([value, texts]) => ({ value, ...texts }))}
            columns={2}
            defaultValue={initial.token_format}
            error={errorOf("token_format")}
          />
          <TextField
            {...field("access_token_lifetime")}
            id="access_token_lifetime"
            label="Access token lifetime in seconds"
            hint={`From ${accessTokenLifetimes.minimum} to ${accessTokenLifetimes.maximum}. Empty: the server's default, ${serverLifetime} (${formatLifetime(serverLifetime)}).`}
            defaultValue={initial.access_token_lifetime}
            error={errorOf("access_token_lifetime")}
            optional
            inputMode="numeric"
            autoComplete="off"
          />
        </Section>
        <Section title="Resource servers" description="Servers of the API that introspect tokens.">
          <TextAreaField
            {...field("resource_servers")}
            id="resource_servers"
            label="Client IDs"
            hint="One per line. These applications may introspect every token for this API."
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
        <SubmitButton pending={form.pending} pendingLabel="Saving…">
          {isNew ? "Create API" : "Save changes"}
        </SubmitButton>
        <ButtonLink href={cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </form>
  );
}
