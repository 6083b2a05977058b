import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { type RowChange, rowCommandName, toRowCommand } from "@/lib/http/forms/row-command";

export interface RowButtonProps {
  field: string;
  change: RowChange;
  row: number;
  /** Does it in the page. */
  act: (change: RowChange, row: number) => void;
  /** In words, if it shows only a sign. */
  label?: string;
  disabled?: boolean;
  children: ReactNode;
}

/** A button for a row: without JavaScript it sends the form, which comes back changed. */
export function RowButton({ field, change, row, act, label, disabled, children }: RowButtonProps) {
  return (
    <button
      type="submit"
      name={rowCommandName}
      value={toRowCommand(field, change, row)}
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={(event) => {
        event.preventDefault();
        if (!disabled) act(change, row);
      }}
      className={joinClasses("row-button", !label && "row-button-text")}
    >
      {children}
    </button>
  );
}
