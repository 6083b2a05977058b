"use client";

import { memo } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { joinClasses } from "@/components/ui/class-names";
import { RowButton } from "./row-button";
import type { AddressRowState, RowActions } from "./use-address-rows";

export interface AddressRowProps {
  row: AddressRowState;
  index: number;
  isLast: boolean;
  isFolded: boolean;
  name: string;
  label: string;
  placeholder: string | undefined;
  isInvalid: boolean;
  problem: string | null;
  note: string | null;
  actions: RowActions;
}

/** One address. Hundreds of them may be on a page, so a row is drawn again only if it changes. */
export const AddressRow = memo(function AddressRow(props: AddressRowProps) {
  const { row, index, isLast, isFolded, name, label, placeholder, isInvalid, problem, note, actions } = props;
  const t = useTexts("applicationForm");
  const number = String(index + 1);
  const told = problem ?? note;
  const id = `${name}-${row.key}-told`;
  return (
    <li data-row={row.key} className={joinClasses(isFolded && "hidden group-has-[[data-all]:checked]/rows:block")}>
      <div className="address-row">
        <input
          name={name}
          dir="ltr"
          defaultValue={row.initial}
          disabled={row.removed}
          placeholder={placeholder}
          aria-label={t("addresses.row", { label, row: number })}
          aria-invalid={isInvalid || undefined}
          aria-describedby={told ? id : undefined}
          onChange={(event) => actions.type(row.key, event)}
          onBlur={actions.leave}
          onPaste={(event) => actions.paste(row.key, event)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        {row.removed ? (
          <button type="button" className="row-button row-button-text" onClick={() => actions.undo(row.key)}>
            {t("addresses.undo")}
          </button>
        ) : (
          <>
            <RowButton
              field={name}
              change="up"
              row={index}
              act={actions.change}
              label={t("addresses.up", { row: number })}
              disabled={index === 0}
            >
              ↑
            </RowButton>
            <RowButton
              field={name}
              change="down"
              row={index}
              act={actions.change}
              label={t("addresses.down", { row: number })}
              disabled={isLast}
            >
              ↓
            </RowButton>
            <RowButton
              field={name}
              change="remove"
              row={index}
              act={actions.change}
              label={t("addresses.remove", { row: number })}
            >
              ×
            </RowButton>
          </>
        )}
      </div>
      <div role="status">
        {told && (
          <p id={id} className={problem ? "row-problem" : "row-note"}>
            {told}
          </p>
        )}
      </div>
    </li>
  );
});
