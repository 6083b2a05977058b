"use client";

import { type FormEvent, startTransition, useActionState, useEffect, useMemo, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { ErrorLines } from "@/app/_components/form/error-lines";
import type { FormState } from "@/lib/http/forms/form-action";
import type { ApplicationFieldName, ApplicationValues } from "./application-fields";
import { type ApplicationRules, checkApplication, toApplicationErrors } from "./application-rules";
import { readApplicationValues } from "./application-values";
import { fillInSettings, findTypedNames, focusFirstError, isTextField, readForm } from "./form-elements";

export type ApplicationAction = (state: FormState, form: FormData) => Promise<FormState>;

const accepted: FormState = { values: {}, fieldErrors: {}, formError: null };

/** How long someone must pause before what they are typing is judged. */
const pauseMs = 500;

/**
 * The life of the form. Without JavaScript the browser posts it to the action and gets back what was typed; with it the
 * same rules are applied while typing, and nothing that was typed ever leaves the page.
 */
export function useApplicationForm(action: ApplicationAction, given: ApplicationValues, rules: ApplicationRules) {
  const [state, send, pending] = useActionState(action, accepted);
  const sentErrors = useMemo(() => toApplicationErrors(state.fieldErrors), [state]);
  // Kept: the page may be rendered anew below this form, with another generated id and secret.
  const [initial] = useState(() =>
    state === accepted ? given : readApplicationValues((name) => state.values[name] ?? []),
  );
  const [rejection, setRejection] = useState({ errors: sentErrors, formError: state.formError });
  const ref = useRef<HTMLFormElement>(null);
  const findErrors = () => checkApplication(readForm(ref.current), rules);
  const { register, trigger, formState } = useForm<ApplicationValues>({
    mode: "onChange",
    delayError: pauseMs,
    errors: sentErrors,
    shouldFocusError: false,
    resolver: () => ({ values: {}, errors: findErrors() }),
  });
  const { errors } = formState;

  useEffect(() => {
    setRejection({ errors: sentErrors, formError: state.formError });
  }, [sentErrors, state.formError]);
  useEffect(() => {
    if (Object.keys(rejection.errors).length > 0) focusFirstError(ref.current);
  }, [rejection]);
  // What was chosen and typed before this code had arrived counts when it has.
  useEffect(() => {
    fillInSettings(ref.current);
    const typed = findTypedNames(ref.current);
    if (typed.length > 0) void trigger(typed);
  }, [trigger]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const found = findErrors();
    if (Object.keys(found).length > 0) {
      // The fields show their errors first: the focus goes to the first of those.
      void trigger().then(() => setRejection({ errors: found, formError: null }));
      return;
    }
    const data = new FormData(event.currentTarget);
    startTransition(() => send(data));
  };

  /** A kind brings its settings. Whatever changes, a complaint about another field may have become void. */
  const onChange = ({ target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLElement) || !("name" in target)) return;
    if (target.name === "kind") fillInSettings(ref.current);
    const others = (Object.keys(errors) as ApplicationFieldName[]).filter((name) => name !== target.name);
    const judged = isTextField(target)
      ? others
      : [...others, target.name as ApplicationFieldName, "client_type" as const, "authorization_grant_type" as const];
    if (judged.length > 0) void trigger(judged);
  };

  return {
    initial,
    pending,
    rejection,
    field: (name: ApplicationFieldName) => register(name),
    errorOf: (name: ApplicationFieldName) => {
      const message = errors[name]?.message;
      return message ? <ErrorLines message={message} /> : undefined;
    },
    /** For the `<form>`. */
    formProps: { ref, action: send, onSubmit, onChange, noValidate: true },
  };
}
