"use client";

import { type FormEvent, startTransition, useActionState, useEffect, useMemo, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/http/form-action";
import { ErrorLines } from "../../_components/error-lines";
import { ErrorSummary } from "../../_components/error-summary";
import { AdvancedFields } from "./advanced-fields";
import { type ApplicationErrors, checkApplication, toApplicationErrors } from "./application-rules";
import { type ApplicationFieldName, type ApplicationValues, readApplicationValues } from "./application-values";
import { ClientIdField } from "./client-id-field";
import { FieldStack } from "./field-stack";
import { GrantFields } from "./grant-fields";
import { RedirectUrisField } from "./redirect-uris-field";
import type { ScopeChoice } from "./scope-choices";
import { SecretInput } from "./secret-input";

export interface ApplicationFormProps {
  /** Registering shows the client id and the secret; later neither can be changed here. */
  kind: "register" | "update";
  action: (state: FormState, form: FormData) => Promise<FormState>;
  csrf: string;
  initial: ApplicationValues;
  scopes: readonly ScopeChoice[];
  allowHttp: boolean;
  /** Whether the form offers to skip consent. */
  offersSkipConsent: boolean;
  cancelHref: string;
}

const accepted: FormState = { values: {}, fieldErrors: {}, formError: null };

const typedFields = ["name", "client_id", "redirect_uris", "jwks", "jwks_uri", "allowed_origins"] as const;

/** How long someone must pause before what they are typing is judged. */
const pauseMs = 500;

/**
 * The fields of an application. Without JavaScript the browser posts them to the action and gets back what was typed;
 * with it the same rules are applied while typing, and nothing that was typed ever leaves the page.
 */
export function ApplicationForm(props: ApplicationFormProps) {
  const { kind, action, csrf, allowHttp } = props;
  const [state, send, pending] = useActionState(action, accepted);
  const sentErrors = useMemo(() => toApplicationErrors(state.fieldErrors), [state]);
  // Kept: the page may be rendered anew below this form, with another generated id and secret.
  const [initial] = useState(() =>
    state === accepted ? props.initial : readApplicationValues((name) => state.values[name] ?? []),
  );
  const [rejection, setRejection] = useState({ errors: sentErrors, formError: state.formError });
  const formRef = useRef<HTMLFormElement>(null);

  // The inputs themselves hold the values: what someone typed before this code had arrived counts too.
  const readErrors = (): ApplicationErrors => {
    const data = new FormData(formRef.current ?? undefined);
    const values = readApplicationValues((name) => data.getAll(name).filter((value) => typeof value === "string"));
    return checkApplication(values, { allowHttp, withClientId: kind === "register" });
  };
  const form = useForm<ApplicationValues>({
    mode: "onChange",
    delayError: pauseMs,
    errors: sentErrors,
    shouldFocusError: false,
    resolver: () => ({ values: {}, errors: readErrors() }),
  });
  const { errors } = form.formState;

  useEffect(() => {
    setRejection({ errors: sentErrors, formError: state.formError });
  }, [sentErrors, state.formError]);
  useEffect(() => {
    if (Object.keys(rejection.errors).length > 0) focusFirstError(formRef.current);
  }, [rejection]);

  // What was typed before this code had arrived is judged when it has.
  const { trigger } = form;
  useEffect(() => {
    const typed = typedFields.filter((name) => {
      const field = formRef.current?.elements.namedItem(name);
      const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      return isText && field.value !== field.defaultValue;
    });
    if (typed.length > 0) void trigger(typed);
  }, [trigger]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const found = readErrors();
    if (Object.keys(found).length > 0) {
      // The fields show their errors first: the focus goes to the first of those.
      void form.trigger().then(() => setRejection({ errors: found, formError: null }));
      return;
    }
    const data = new FormData(event.currentTarget);
    startTransition(() => send(data));
  };
  /** The choices decide what else is needed; a complaint about that may have become void. */
  const recheckChoices = () => {
    const dependent = (["redirect_uris", "jwks", "jwks_uri"] as const).filter((name) => errors[name]);
    void form.trigger(["authorization_grant_type", "token_endpoint_auth_method", ...dependent]);
  };

  const errorOf = (name: ApplicationFieldName) => {
    const message = errors[name]?.message;
    return message ? <ErrorLines message={message} /> : undefined;
  };
  const isShown = (name: ApplicationFieldName) => name !== "skip_consent" || props.offersSkipConsent;

  return (
    <form ref={formRef} action={send} onSubmit={submit} noValidate className="group/form grid gap-6">
      <input type="hidden" name="csrf" value={csrf} />
      <ErrorSummary {...rejection} isShown={isShown} />
      <Card>
        <Section title="Application" description="What people see when it asks for their consent.">
          <FieldStack>
            <TextField
              {...form.register("name")}
              id="name"
              label="Name"
              defaultValue={initial.name}
              error={errorOf("name")}
              required
              autoComplete="off"
            />
          </FieldStack>
        </Section>
        {kind === "register" && (
          <Section title="Credentials" description="With these the application proves to this server who it is.">
            <FieldStack>
              <ClientIdField
                field={form.register("client_id")}
                initial={initial.client_id}
                error={errorOf("client_id")}
              />
              <div className="group-has-[[value^=private]:checked]/form:hidden group-has-[[value=public]:checked]/form:hidden">
                <SecretInput initial={initial.client_secret} error={errorOf("client_secret")} />
              </div>
            </FieldStack>
          </Section>
        )}
        <Section title="How it connects" description="Which kind of program it is, and for whom it acts.">
          <FieldStack>
            <GrantFields initial={initial} errorOf={errorOf} onChange={recheckChoices} />
            <RedirectUrisField
              field={form.register("redirect_uris")}
              initial={initial.redirect_uris}
              error={errorOf("redirect_uris")}
            />
          </FieldStack>
        </Section>
        <AdvancedFields
          {...props}
          initial={initial}
          field={(name) => form.register(name)}
          errorOf={errorOf}
          onChange={recheckChoices}
        />
      </Card>
      <FormActions>
        <SubmitButton pending={pending} pendingLabel={kind === "register" ? "Registering…" : "Saving…"}>
          {kind === "register" ? "Register application" : "Save changes"}
        </SubmitButton>
        <ButtonLink href={props.cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </form>
  );
}

function focusFirstError(form: HTMLFormElement | null) {
  const field = form?.querySelector<HTMLElement>("[aria-invalid=true]");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
