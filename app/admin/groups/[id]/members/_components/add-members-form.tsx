"use client";

import { useActionState } from "react";
import { useKeptValues } from "@/app/_components/form/kept-values";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { TextAreaField } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/http/forms/form-action";

export interface AddMembersFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  csrf: string;
  cancelHref: string;
  labels: { users: string; hint: string; submit: string; pending: string; cancel: string };
}

const accepted: FormState = { values: {}, fieldErrors: {}, formError: null };

/** A pasted list may be long: if it is rejected it comes back whole, which a cookie couldn't carry. */
export function AddMembersForm({ action, csrf, cancelHref, labels }: AddMembersFormProps) {
  const kept = useKeptValues();
  const [state, send] = useActionState(action, kept ? { ...accepted, values: kept } : accepted);
  return (
    <form action={send} className="fields">
      <input type="hidden" name="csrf" value={csrf} />
      {state.formError && (
        <Alert tone="danger" announce>
          {state.formError}
        </Alert>
      )}
      <TextAreaField
        // React empties a form after its action.
        key={JSON.stringify(state)}
        name="users"
        label={labels.users}
        hint={labels.hint}
        defaultValue={state.values.users?.[0]}
        error={state.fieldErrors.users?.join(" ")}
        required
        rows={8}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <FormActions>
        <SubmitButton pendingLabel={labels.pending}>{labels.submit}</SubmitButton>
        <ButtonLink href={cancelHref}>{labels.cancel}</ButtonLink>
      </FormActions>
    </form>
  );
}
