"use client";

import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type FieldErrors, type FieldValues, type Path, type UseFormRegisterReturn, useForm } from "react-hook-form";
import type { FormState } from "@/lib/http/forms/form-action";
import { ErrorLines } from "./error-lines";
import { type FormErrors, toFormErrors } from "./form-errors";

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** Gives the texts that were sent under a name. */
export type ReadTexts = (name: string) => string[];

export interface CheckedFormOptions<Values> {
  action: FormAction;
  initial: Values;
  read: (texts: ReadTexts) => Values;
  /** The rules that the server applies too. */
  check: (values: Values) => FormErrors;
}

export interface CheckedForm<Values> {
  /** What the fields begin with: as the page gave it, or as it was sent and refused. */
  initial: Values;
  pending: boolean;
  /** What was wrong when the form was last sent. */
  rejection: { errors: FormErrors; formError: string | null };
  field: (name: keyof Values & string) => UseFormRegisterReturn;
  errorOf: (name: keyof Values & string) => ReactNode;
  /** For the `<form>`. */
  formProps: {
    ref: React.RefObject<HTMLFormElement | null>;
    action: (form: FormData) => void;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    noValidate: true;
  };
}

const accepted: FormState = { values: {}, fieldErrors: {}, formError: null };

/** How long someone must pause before what they are typing is judged. */
const pauseMs = 500;

/**
 * The life of a rich form. Without JavaScript the browser posts it to the action and gets back what was typed; with it
 * the same rules are applied while typing, and a form that breaks them is not sent.
 */
export function useCheckedForm<Values extends FieldValues>(options: CheckedFormOptions<Values>): CheckedForm<Values> {
  const { action, read, check } = options;
  const [state, send, pending] = useActionState(action, accepted);
  const sentErrors = useMemo(() => toFormErrors(state.fieldErrors), [state]);
  // Kept: the page may be rendered anew below this form.
  const [initial] = useState(() => (state === accepted ? options.initial : read((name) => state.values[name] ?? [])));
  const [rejection, setRejection] = useState({ errors: sentErrors, formError: state.formError });
  const ref = useRef<HTMLFormElement>(null);

  // The inputs themselves hold the values: what someone typed before this code had arrived counts too.
  const findErrors = () => {
    const data = new FormData(ref.current ?? undefined);
    return check(read((name) => data.getAll(name).filter((value) => typeof value === "string")));
  };
  const form = useForm<Values>({
    mode: "onChange",
    delayError: pauseMs,
    errors: sentErrors as FieldErrors<Values>,
    shouldFocusError: false,
    resolver: () => ({ values: {}, errors: findErrors() as FieldErrors<Values> }),
  });
  const errors = form.formState.errors as FormErrors;

  useEffect(() => {
    setRejection({ errors: sentErrors, formError: state.formError });
  }, [sentErrors, state.formError]);
  useEffect(() => {
    if (Object.keys(rejection.errors).length === 0) return;
    ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [rejection]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const found = findErrors();
    if (Object.keys(found).length > 0) {
      // The fields show their errors first: the focus goes to the first of those.
      void form.trigger().then(() => setRejection({ errors: found, formError: null }));
      return;
    }
    const data = new FormData(event.currentTarget);
    startTransition(() => send(data));
  };

  return {
    initial,
    pending,
    rejection,
    field: (name) => form.register(name as string as Path<Values>),
    errorOf: (name) => {
      const message = errors[name]?.message;
      return message ? <ErrorLines message={message} /> : undefined;
    },
    formProps: { ref, action: send, onSubmit, noValidate: true },
  };
}
