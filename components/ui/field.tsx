import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { joinClasses } from "./class-names";
import { controlClasses, describeControl, FieldError, FieldFrame, FieldHint, type FieldText } from "./field-frame";

export type TextFieldProps = FieldText &
  Omit<ComponentProps<"input">, "className"> & {
    /** Monospace, for IDs, addresses and secrets. */
    mono?: boolean;
    /** A button for the value; beside the input, below it on phones. */
    action?: ReactNode;
  };

/** A one-line input with its label. */
export function TextField({ label, hint, error, optional, mono, action, id, ...rest }: TextFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const input = (
    <input
      type="text"
      dir={mono || writtenLeftToRight(rest) ? "ltr" : undefined}
      {...rest}
      {...describeControl(controlId, { hint, error })}
      id={controlId}
      className={joinClasses(controlClasses, mono && "font-mono")}
    />
  );
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      {action ? (
        <div className="flex gap-2 max-sm:flex-col sm:items-center">
          {input}
          {action}
        </div>
      ) : (
        input
      )}
    </FieldFrame>
  );
}

/** Addresses and telephone numbers are, in every language. */
function writtenLeftToRight({ inputMode, type }: Pick<ComponentProps<"input">, "inputMode" | "type">): boolean {
  return inputMode === "url" || inputMode === "email" || type === "tel";
}

export type TextAreaFieldProps = FieldText & Omit<ComponentProps<"textarea">, "className"> & { mono?: boolean };

/** A text area with its label; grows with its content if the browser supports that. */
export function TextAreaField({ label, hint, error, optional, mono, id, rows = 3, ...rest }: TextAreaFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        dir={mono ? "ltr" : undefined}
        {...rest}
        {...describeControl(controlId, { hint, error })}
        id={controlId}
        rows={rows}
        className={joinClasses(controlClasses, "field-sizing-content min-h-20 resize-y", mono && "font-mono break-all")}
      />
    </FieldFrame>
  );
}

export type SelectFieldProps = FieldText &
  Omit<ComponentProps<"select">, "className" | "children"> & {
    options: readonly { value: string; label: string; disabled?: boolean }[];
  };

/** A drop-down list with its label. */
export function SelectField({ label, hint, error, optional, options, id, ...rest }: SelectFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <select
          {...rest}
          {...describeControl(controlId, { hint, error })}
          id={controlId}
          // `:read-only` matches every select, and would grey this one.
          className={joinClasses(controlClasses, "cursor-pointer appearance-none pe-9 read-only:bg-surface")}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          className="pointer-events-none absolute top-1/2 end-3 size-4 -translate-y-1/2 text-muted"
          aria-hidden
        />
      </div>
    </FieldFrame>
  );
}

export type CheckboxFieldProps = Omit<FieldText, "optional"> & Omit<ComponentProps<"input">, "className" | "type">;

/** One checkbox; the whole row is its target. */
export function CheckboxField({ label, hint, error, id, ...rest }: CheckboxFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className="grid gap-1">
      <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
        <input
          {...rest}
          {...describeControl(controlId, { hint, error })}
          id={controlId}
          type="checkbox"
          className="mt-1 size-4 cursor-pointer pointer-coarse:mt-2.5 pointer-coarse:size-5"
        />
        <label htmlFor={controlId} className="cursor-pointer py-0.5 font-medium pointer-coarse:py-2.5">
          {label}
        </label>
        <div className="col-start-2">
          <FieldHint id={controlId}>{hint}</FieldHint>
        </div>
      </div>
      <FieldError id={controlId}>{error}</FieldError>
    </div>
  );
}
