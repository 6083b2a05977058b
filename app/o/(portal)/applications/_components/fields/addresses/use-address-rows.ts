"use client";

import { type ChangeEvent, type ClipboardEvent, type FocusEvent, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { UseFormRegisterReturn } from "react-hook-form";
import { changeRows, type RowChange } from "@/lib/http/forms/row-command";
import { splitLines } from "../../form/application-fields";

export interface AddressRowState {
  key: number;
  /** What its input begins with. */
  initial: string;
  text: string;
  /** It stays in its place until the form is saved, so that it can be brought back. */
  removed: boolean;
}

export interface RowActions {
  type: (key: number, event: ChangeEvent<HTMLInputElement>) => void;
  leave: (event: FocusEvent<HTMLInputElement>) => void;
  paste: (key: number, event: ClipboardEvent<HTMLInputElement>) => void;
  change: (change: RowChange, index: number) => void;
  undo: (key: number) => void;
}

/** What a screen reader is told of a change that moves no focus. */
export interface Told {
  name: "moved" | "removed" | "pasted";
  row: number;
}

let lastKey = 0;

function toRow(text: string): AddressRowState {
  lastKey += 1;
  return { key: lastKey, initial: text, text, removed: false };
}

function toRows(initial: string): AddressRowState[] {
  const texts = splitLines(initial);
  return (texts.length > 0 ? texts : [""]).map((text, index) => ({
    key: -1 - index,
    initial: text,
    text,
    removed: false,
  }));
}

/** The rows of a list of addresses. The inputs hold the texts; a change of the rows counts as typing. */
export function useAddressRows(name: string, initial: string, field: UseFormRegisterReturn) {
  const ref = useRef<HTMLFieldSetElement>(null);
  const [rows, setRows] = useState(() => toRows(initial));
  const [told, setTold] = useState<Told | null>(null);
  const latest = useRef({ rows, field });
  latest.current = { rows, field };

  useEffect(() => {
    // Typed before this code had loaded.
    const inputs = ref.current?.querySelectorAll<HTMLInputElement>("li[data-row] input") ?? [];
    const typed = [...inputs].map(({ value }) => value);
    setRows((known) => known.map((row, index) => ({ ...row, text: typed[index] ?? row.text })));
    const form = ref.current?.form;
    const reset = () => setRows(toRows(initial).map((row) => toRow(row.initial)));
    form?.addEventListener("reset", reset);
    return () => form?.removeEventListener("reset", reset);
  }, [initial]);

  const actions = useMemo<RowActions>(() => {
    const focus = (key: number, selector: string) =>
      ref.current?.querySelector<HTMLElement>(`li[data-row="${key}"] ${selector}`)?.focus();
    /** Applies a change, and tells the form of it as if it had been typed. */
    const apply = (next: AddressRowState[], what: Told | null) => {
      flushSync(() => {
        setRows(next);
        setTold(what);
      });
      const { field } = latest.current;
      void field.onChange({ target: { name, value: "" }, type: "change" });
      ref.current?.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const update = (key: number, change: Partial<AddressRowState>) =>
      latest.current.rows.map((row) => (row.key === key ? { ...row, ...change } : row));
    return {
      type: (key, event) => {
        const { value } = event.currentTarget;
        setRows((known) => known.map((row) => (row.key === key ? { ...row, text: value } : row)));
        void latest.current.field.onChange(event);
      },
      leave: (event) => void latest.current.field.onBlur(event),
      paste: (key, event) => {
        const pasted = splitLines(event.clipboardData.getData("text"));
        if (pasted.length < 2) return;
        event.preventDefault();
        const added = pasted.map(toRow);
        const { rows } = latest.current;
        const next = rows.flatMap((row) => {
          if (row.key !== key) return [row];
          return row.text.trim() === "" ? added : [row, ...added];
        });
        apply(next, { name: "pasted", row: added.length });
        focus(added.at(-1)?.key ?? key, "input");
      },
      change: (change, index) => {
        const { rows } = latest.current;
        const row = rows[index];
        if (change === "add") {
          const added = toRow("");
          apply([...rows, added], null);
          focus(added.key, "input");
        } else if (row && change === "remove") {
          if (row.text.trim() === "" && rows.length > 1) {
            const { key } = rows[index + 1] ?? rows[index - 1] ?? row;
            apply(changeRows(rows, change, index), null);
            focus(key, "input");
          } else {
            apply(update(row.key, { removed: true }), { name: "removed", row: index + 1 });
            focus(row.key, "button");
          }
        } else if (row) {
          const next = changeRows(rows, change, index);
          apply(next, { name: "moved", row: next.indexOf(row) + 1 });
          focus(row.key, `button[value*=" ${change} "]`);
        }
      },
      undo: (key) => {
        apply(update(key, { removed: false }), null);
        focus(key, "input");
      },
    };
  }, [name]);

  return { ref, rows, told, actions };
}
