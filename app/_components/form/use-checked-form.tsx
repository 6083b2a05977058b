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
import { useKeptValues } from "./kept-values";

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** Returns the texts sent under a name. */
export type ReadTexts = (name: string) => string[];

export interface CheckedFormOptions<Values> {
  action: FormAction;
  initial: Values;
  read: (texts: ReadTexts) => Values;
  /** The rules that the server applies too. */
  check: (values: Values) => FormErrors;
  /**
   * Converts messages by the use case's names into errors of the form; by default only the spelling of the names
   * differs.
   */
  toErrors?: (fieldErrors: FormState["fieldErrors"]) => FormErrors;
  /**
   * Called once this code has loaded. Returns the fields to validate immediately, because they already contain input.
   */
  onReady?: (form: HTMLFormElement | null) => FieldName<Values>[];
  /** Called when a field has changed. Returns the fields to validate immediately; `wrong` are those with errors now. */
  onChange?: (form: HTMLFormElement | null, changed: HTMLElement, wrong: FieldName<Values>[]) => FieldName<Values>[];
}

type FieldName<Values> = keyof Values & string;

export interface CheckedForm<Values> {
  /** The initial values: from the page, or as they were sent and rejected. */
  initial: Values;
  pending: boolean;
  /** The errors of the last submission. */
  rejection: { errors: FormErrors; formError: string | null };
  field: (name: FieldName<Values>) => UseFormRegisterReturn;
  errorOf: (name: FieldName<Values>) => ReactNode;
  /** The present errors, by field. */
  errors: FormErrors;
  /** Whether the page came with what was typed and not saved: rejected without JavaScript, or kept (`KeptForm`). */
  returned: boolean;
  /** For the `<form>`. */
  formProps: {
    ref: React.RefObject<HTMLFormElement | null>;
    action: (form: FormData) => void;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    onChange: (event: FormEvent<HTMLFormElement>) => void;
    onReset: () => void;
    noValidate: true;
  };
}

const accepted: FormState = { values: {}, fieldErrors: {}, formError: null };

/** How long a pause in typing must be before the value is validated. */
const pauseMs = 500;

/**
 * The behavior of a form with client-side validation. Without JavaScript the browser posts it to the action and gets
 * back the typed values; with it, the same rules are applied while typing, and a form with errors isn't sent.
 */
export function useCheckedForm<Values extends FieldValues>(options: CheckedFormOptions<Values>): CheckedForm<Values> {
  const { action, read, check, toErrors = toFormErrors, onReady } = options;
  const kept = useKeptValues();
  const [state, send, pending] = useActionState(action, kept ? { ...accepted, values: kept } : accepted);
  const sentErrors = useMemo(() => toErrors(state.fieldErrors), [state, toErrors]);
  // Kept, because the page may be rendered again below this form.
  const [initial] = useState(() => (state === accepted ? options.initial : read((name) => state.values[name] ?? [])));
  const [returned] = useState(state !== accepted);
  const [rejection, setRejection] = useState({ errors: sentErrors, formError: state.formError });
  const ref = useRef<HTMLFormElement>(null);

  // The inputs themselves hold the values: what was typed before this code had loaded counts too.
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
  // Once: what was chosen and typed before this code had loaded counts as soon as it has.
  const ready = useRef(() => judge(onReady?.(ref.current) ?? []));
  useEffect(() => ready.current(), []);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const found = findErrors();
    if (Object.keys(found).length > 0) {
      // The fields show their errors first, and the focus moves to the first of them.
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

  // Once the fields have their former values again.
  const onReset = () => {
    setTimeout(() => {
      form.clearErrors();
      setRejection({ errors: {}, formError: null });
    });
  };

  return {
    initial,
    pending,
    errors,
    returned,
    rejection,
    field: (name) => form.register(name as string as Path<Values>),
    errorOf: (name) => {
      const message = errors[name]?.message;
      return message ? <ErrorLines message={message} /> : undefined;
    },
    formProps: { ref, action: send, onSubmit, onChange, onReset, noValidate: true },
  };
}

function focusFirstError(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>("[aria-invalid=true]");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
