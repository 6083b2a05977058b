"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckboxCards } from "@/components/ui/choice-cards";
import { CheckboxField, TextAreaField } from "@/components/ui/field";
import type { ApplicationFieldName, ApplicationValues } from "./application-values";
import { ClientAuthenticationFields } from "./client-authentication-fields";
import { FieldStack } from "./field-stack";
import type { ScopeChoice } from "./scope-choices";

export interface AdvancedGroupProps {
  initial: ApplicationValues;
  field: (name: ApplicationFieldName) => UseFormRegisterReturn;
  errorOf: (name: ApplicationFieldName) => ReactNode;
  /** A choice that other fields depend on was made. */
  onChange: () => void;
}

export interface AdvancedFieldsProps extends AdvancedGroupProps {
  scopes: readonly ScopeChoice[];
  offersSkipConsent: boolean;
}

const names = [
  "allowed_scopes",
  "skip_consent",
  "token_endpoint_auth_method",
  "jwks",
  "jwks_uri",
  "allowed_origins",
  "require_pkce",
  "require_pushed_authorization_requests",
  "dpop_bound_access_tokens",
] as const satisfies ApplicationFieldName[];

/** What most applications leave as it is; open where this one doesn't. */
export function AdvancedFields(props: AdvancedFieldsProps) {
  const { initial, errorOf } = props;
  const isUsed = names.some((name) => (Array.isArray(initial[name]) ? initial[name].length > 0 : initial[name]));
  const ref = useRef<HTMLDetailsElement>(null);
  const [isOpen, setIsOpen] = useState(isUsed);
  // It may have been opened before this code had arrived; an error that is mended must not close it.
  useEffect(() => setIsOpen((known) => ref.current?.open ?? known), []);
  return (
    <details
      ref={ref}
      open={isOpen || names.some((name) => errorOf(name))}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="group/advanced border-t border-line pt-4 pb-1"
    >
      <summary className="-mx-2 flex min-h-11 flex-wrap items-center gap-x-2 rounded-md px-2 hover:bg-hover">
        <ChevronRight className="size-4 text-muted transition-transform group-open/advanced:rotate-90" aria-hidden />
        <span className="font-semibold">Advanced</span>
        <span className="text-[0.8125rem] text-muted">
          {props.offersSkipConsent
            ? "Scopes, consent, authentication, browsers, security"
            : "Scopes, authentication, browsers, security"}
        </span>
      </summary>
      <div className="grid gap-6 pt-4 pb-3">
        <Group title={props.offersSkipConsent ? "Scopes and consent" : "Scopes"}>
          <ScopeFields {...props} />
        </Group>
        <div className="group-has-[[value=public]:checked]/form:hidden">
          <Group title="Authentication">
            <ClientAuthenticationFields {...props} />
          </Group>
        </div>
        <Group title="Browsers">
          <TextAreaField
            {...props.field("allowed_origins")}
            id="allowed_origins"
            label="Allowed origins (CORS)"
            hint="One to a line, without a path: where scripts of this application run and fetch tokens themselves. Most need none."
            placeholder="https://app.example.com"
            defaultValue={initial.allowed_origins}
            error={errorOf("allowed_origins")}
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Group>
        <Group title="Security">
          <SecurityFields {...props} />
        </Group>
      </div>
    </details>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid grid-cols-1 gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <legend className="contents">
        <span className="font-semibold">{title}</span>
      </legend>
      <FieldStack>{children}</FieldStack>
    </fieldset>
  );
}

function ScopeFields({ initial, scopes, offersSkipConsent, errorOf }: AdvancedFieldsProps) {
  return (
    <>
      <CheckboxCards
        id="allowed_scopes"
        name="allowed_scopes"
        label="Allowed scopes"
        hint="What the application may ask for. None chosen: every scope that isn't restricted."
        choices={scopes.map(({ name, description, restricted, selectable }) => ({
          value: name,
          label: <code className="font-mono text-[0.8125rem]">{name}</code>,
          description: restricted ? `${description}. Restricted: only an administrator allows it.` : description,
          disabled: !selectable,
        }))}
        columns={2}
        defaultValue={initial.allowed_scopes}
        error={errorOf("allowed_scopes")}
      />
      {offersSkipConsent && (
        <CheckboxField
          id="skip_consent"
          name="skip_consent"
          label="Skip consent"
          hint="Never ask people whether they allow it. For applications of your own organisation only."
          defaultChecked={initial.skip_consent}
          error={errorOf("skip_consent")}
        />
      )}
    </>
  );
}

const switches = [
  {
    name: "require_pkce",
    label: "Require PKCE",
    hint: "Refuse authorization requests without a code challenge (S256). Public clients must always send one.",
  },
  {
    name: "require_pushed_authorization_requests",
    label: "Require pushed requests (PAR)",
    hint: "It hands each authorization request to this server first, so that nobody can change it in the browser.",
  },
  {
    name: "dpop_bound_access_tokens",
    label: "Only sender-constrained tokens (DPoP)",
    hint: "Every token is bound to a key of the application: whoever steals one can't use it.",
  },
] as const;

function SecurityFields({ initial, errorOf }: AdvancedGroupProps) {
  return switches.map(({ name, ...texts }) => (
    <CheckboxField key={name} id={name} name={name} {...texts} defaultChecked={initial[name]} error={errorOf(name)} />
  ));
}
