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
  /** Messages by the use case's names as errors of the form; by default the names differ in their spelling only. */
  toErrors?: (fieldErrors: FormState["fieldErrors"]) => FormErrors;
  /** When this code has arrived: which fields to judge at once, as someone has typed there before. */
  onReady?: (form: HTMLFormElement | null) => FieldName<Values>[];
  /** When a field has changed: which fields to judge at once; `wrong` are those that are in error now. */
  onChange?: (form: HTMLFormElement | null, changed: HTMLElement, wrong: FieldName<Values>[]) => FieldName<Values>[];
}

type FieldName<Values> = keyof Values & string;

export interface CheckedForm<Values> {
  /** What the fields begin with: as the page gave it, or as it was sent and refused. */
  initial: Values;
  pending: boolean;
  /** What was wrong when the form was last sent. */
  rejection: { errors: FormErrors; formError: string | null };
  field: (name: FieldName<Values>) => UseFormRegisterReturn;
  errorOf: (name: FieldName<Values>) => ReactNode;
  /** For the `<form>`. */
  formProps: {
    ref: React.RefObject<HTMLFormElement | null>;
    action: (form: FormData) => void;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    onChange: (event: FormEvent<HTMLFormElement>) => void;
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
  const { action, read, check, toErrors = toFormErrors, onReady } = options;
  const [state, send, pending] = useActionState(action, accepted);
  const sentErrors = useMemo(() => toErrors(state.fieldErrors), [state, toErrors]);
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
    if (Object.keys(rejection.errors).length > 0) focusFirstError(ref.current);
  }, [rejection]);

  const judge = (names: FieldName<Values>[]) => {
    if (names.length > 0) void form.trigger(names as unknown as Path<Values>[]);
  };
  // Once: what was chosen and typed before this code had arrived counts when it has.
  const ready = useRef(() => judge(onReady?.(ref.current) ?? []));
  useEffect(() => ready.current(), []);

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

  const onChange = ({ target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLElement)) return;
    judge(options.onChange?.(ref.current, target, Object.keys(errors) as FieldName<Values>[]) ?? []);
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
    formProps: { ref, action: send, onSubmit, onChange, noValidate: true },
  };
}

function focusFirstError(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>("[aria-invalid=true]");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
