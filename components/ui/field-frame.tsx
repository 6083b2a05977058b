import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "./class-names";
import { OptionalMark } from "./optional-mark";

/** What every field shows around its control. */
export interface FieldText {
  label: ReactNode;
  /** One sentence below the label. */
  hint?: ReactNode;
  /** What is wrong and what to do; marks the control as invalid. */
  error?: ReactNode;
  /** Shows "Optional" beside the label: most fields are required, so only the exception is marked. */
  optional?: boolean;
}

/**
 * The look shared by text inputs, text areas and selects. Text is 16 px on phones, because iOS otherwise zooms into the
 * field.
 */
export const controlClasses = joinClasses(
  "block w-full rounded-md border border-line-strong bg-surface px-3 py-1.5 text-base text-text shadow-low transition-colors sm:text-sm",
  "min-h-9 max-sm:min-h-11 pointer-coarse:min-h-11 hover:border-muted read-only:bg-sunken",
  "focus-visible:border-focus focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60",
  "aria-invalid:border-danger",
);

/** The ARIA attributes that connect a control to its hint and its error. Without either, the caller's own are kept. */
export function describeControl(id: string, { hint, error }: Pick<FieldText, "hint" | "error">) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return { ...(ids && { "aria-describedby": ids }), ...(error && { "aria-invalid": true }) };
}

/** The hint of the control `id`. */
export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={`${id}-hint`} className="text-note text-muted">
      {children}
    </p>
  );
}

/**
 * The error of the control `id`. The live region exists before the error, so that one found while typing is announced.
 * In a field of `fields`, a message of one line stands in the space before the next field, and nothing below it moves.
 */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div aria-live="polite" className="empty:-mt-1.5 [.fields>*>&]:-mt-1.5 [.fields>*>&]:not-empty:-mb-5">
      {children && (
        <p id={`${id}-error`} className="flex gap-1.5 pt-0.5 text-note/[1.125rem] font-medium text-danger-text">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="min-w-0 wrap-anywhere">{children}</span>
        </p>
      )}
    </div>
  );
}

/** Label, hint, control and error, in this order. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional && <OptionalMark />}
      </div>
      <FieldHint id={id}>{hint}</FieldHint>
      {children}
      <FieldError id={id}>{error}</FieldError>
    </div>
  );
}
