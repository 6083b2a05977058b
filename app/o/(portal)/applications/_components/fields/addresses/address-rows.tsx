"use client";

import { type ReactNode, useId, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useProblems } from "@/components/texts/use-problems";
import { useTexts } from "@/components/texts/use-texts";
import { FieldError, FieldHint } from "@/components/ui/field-frame";
import { OptionalMark } from "@/components/ui/optional-mark";
import { describeProblem } from "@/lib/messages/problem";
import type { RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import { type AddressListKind, findListedProblem } from "@/lib/services/applications/addresses/listed-address";
import { findAddressNotes } from "../../form/find-address-notes";
import { AddressRow } from "./address-row";
import { RowButton } from "./row-button";
import { useAddressRows } from "./use-address-rows";

export interface AddressRowsProps {
  /** The field's name; also the ID of the group, for a link to it. */
  name: string;
  kind: AddressListKind;
  label: string;
  hint?: ReactNode;
  field: UseFormRegisterReturn;
  /** One address per line. */
  initial: string;
  /** Of the whole list; shown unless a row has one of its own. */
  error: ReactNode;
  policy: RedirectUriPolicy;
  /** Schemes without a dot that need no warning. */
  knownSchemes?: readonly string[];
  placeholder?: string | undefined;
  optional?: boolean | undefined;
}

/** What is beyond this is folded. */
const shownRows = 10;

/** Empty rows to type into without JavaScript. */
const spareRows = 2;

/**
 * A list of addresses, with an input for each. Several that are pasted become rows. What is wrong with an address is
 * said beside it, and so is what looks like another one.
 */
export function AddressRows(props: AddressRowsProps) {
  const { name, kind, label, hint, field, initial, error, policy, knownSchemes, placeholder, optional } = props;
  const t = useTexts("applicationForm");
  const read = useProblems();
  const id = useId();
  const list = useAddressRows(name, initial, field);
  const [isOpen, setIsOpen] = useState(false);
  const texts = list.rows.map((row) => (row.removed ? "" : row.text.trim()));
  const notes = findAddressNotes(texts, kind === "redirect_uris" ? knownSchemes : []);
  const problems = texts.map((text) => {
    const wrong = error && text !== "" ? findListedProblem(kind, text, policy) : null;
    return wrong && describeProblem(wrong, read);
  });
  const ownError = problems.some(Boolean) ? null : error;
  const hidden = list.rows.length - shownRows;
  return (
    <fieldset
      ref={list.ref}
      id={name}
      tabIndex={-1}
      data-rows={initial}
      aria-labelledby={`${id}-label`}
      aria-describedby={[ownError && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined}
      className="group/rows grid scroll-mt-20 grid-cols-1 gap-1.5 outline-none"
    >
      <legend className="contents">
        <span className="flex items-baseline justify-between gap-3 font-medium">
          <span id={`${id}-label`}>{label}</span>
          {optional && <OptionalMark />}
        </span>
      </legend>
      {/* What the Enter key presses in a row: the first button of the form. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <FieldHint id={id}>{hint}</FieldHint>
      <ol className="grid grid-cols-1">
        {list.rows.map((row, index) => (
          <AddressRow
            key={row.key}
            row={row}
            index={index}
            isLast={index === list.rows.length - 1}
            isFolded={!isOpen && index >= shownRows && !problems[index]}
            name={name}
            label={label}
            placeholder={index === 0 ? placeholder : undefined}
            isInvalid={Boolean(problems[index]) || (Boolean(ownError) && index === 0)}
            problem={problems[index] ?? null}
            note={
              problems[index] || !notes[index] ? null : t(`addresses.notes.${notes[index].name}`, notes[index].values)
            }
            actions={list.actions}
          />
        ))}
        {/* The script adds rows itself. */}
        {Array.from({ length: spareRows }, (_, spare) => list.rows.length + spare).map((index) => (
          <li key={`spare ${index}`} className="hidden pb-5 noscript:block">
            <input
              name={name}
              dir="ltr"
              aria-label={t("addresses.row", { label, row: String(index + 1) })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <RowButton field={name} change="add" row={list.rows.length} act={list.actions.change}>
          {t("addresses.add")}
        </RowButton>
        {hidden > 0 && (
          <label className="inline-flex min-h-8 cursor-pointer items-center gap-2 text-note pointer-coarse:min-h-11">
            <input
              type="checkbox"
              data-all
              checked={isOpen}
              onChange={(event) => {
                // It is no field of the form.
                event.stopPropagation();
                setIsOpen(event.currentTarget.checked);
              }}
              className="size-4"
            />
            {t("addresses.all", { rows: String(list.rows.length) })}
          </label>
        )}
      </div>
      <p role="status" className="sr-only">
        {list.told && t(`addresses.told.${list.told.name}`, { row: String(list.told.row) })}
      </p>
      <FieldError id={id}>{ownError}</FieldError>
    </fieldset>
  );
}
