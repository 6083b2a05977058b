import { type ReactNode, useId } from "react";
import { joinClasses } from "./class-names";
import { CopyButton } from "./copy-button";
import { controlClasses, describeControl, FieldFrame, type FieldText } from "./field-frame";

export type SecretFieldProps = Pick<FieldText, "label" | "hint" | "error"> & {
  value: string;
  /** What the copy button copies, in words: "client secret". */
  what: string;
  /** Posts the value with the form. */
  name?: string;
  id?: string;
  /** Buttons below the copy button; like that one, hidden without JavaScript. */
  actions?: ReactNode;
};

/**
 * An ID or a secret to read and copy, in full and never cut off: 40 characters take one line, 128 as many as they need.
 */
export function SecretField({ label, hint, error, value, what, name, id, actions }: SecretFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error}>
      <div className="flex gap-2 max-sm:flex-col sm:items-start">
        <textarea
          {...describeControl(controlId, { hint, error })}
          id={controlId}
          name={name}
          dir="ltr"
          value={value}
          readOnly
          rows={value.length > 48 ? 3 : 1}
          autoComplete="off"
          spellCheck={false}
          className={joinClasses(controlClasses, "field-sizing-content min-w-0 flex-1 resize-none font-mono break-all")}
        />
        <div className="flex flex-wrap gap-2 sm:flex-col sm:*:w-full">
          <CopyButton value={value} what={what} />
          {actions && <div className="grid noscript:hidden">{actions}</div>}
        </div>
      </div>
    </FieldFrame>
  );
}
