"use client";

import { CornerDownLeft, Search } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { joinClasses } from "@/components/ui/class-names";
import type { PaletteItem, PaletteResults, PaletteSection } from "./palette-results";
import { usePaletteResults } from "./use-palette-results";

export interface PaletteTexts {
  title: string;
  label: string;
  placeholder: string;
  none: string;
  failed: string;
}

export interface PaletteProps {
  /** The search page; `results` below it answers what is typed. */
  href: string;
  texts: PaletteTexts;
  follow: (href: string) => void;
  onClose: () => void;
}

/**
 * A dialog that finds what is typed: a combobox with a list, whose focus stays in the field (WAI-ARIA Authoring
 * Practices). Enter without a result goes to the search page.
 */
export function Palette({ href, texts, follow, onClose }: PaletteProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [q, setQ] = useState("");
  const { results, failed } = usePaletteResults(href, q);
  const items = results?.sections.flatMap((section) => section.items) ?? [];
  const [chosen, setChosen] = useState<{ of: PaletteResults | null; index: number }>({ of: null, index: 0 });
  // New results begin at the first.
  const index = chosen.of === results ? Math.min(chosen.index, items.length - 1) : 0;
  const current = items[index];
  const choose = (next: number) => setChosen({ of: results, index: next });

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: "nearest" });
  }, [id, index]);

  const go = (target: string) => {
    dialog.current?.close();
    follow(target);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (current) go(current.href);
    else if (failed && q.trim() !== "") go(`${href}?${new URLSearchParams({ q })}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    choose((index + step + items.length) % items.length);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog, a press outside is for pointers.
    <dialog
      ref={dialog}
      aria-label={texts.title}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
      className="mx-auto mt-[12vh] mb-auto w-full max-w-xl overflow-clip rounded-xl border border-line bg-surface p-0 text-text shadow-high backdrop:bg-[rgb(10_15_16/45%)] max-sm:mt-3 max-sm:max-w-[calc(100vw-1.5rem)]"
    >
      <form onSubmit={onSubmit} className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-muted" aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label={texts.label}
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current && `${id}-${index}`}
          placeholder={texts.placeholder}
          value={q}
          onChange={({ target }) => setQ(target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="min-h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted sm:text-sm"
        />
      </form>
      <div className="min-h-24">
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={texts.title}
          className="max-h-[min(26rem,60vh)] overflow-y-auto overscroll-contain p-2 empty:hidden"
        >
          {number(results?.sections ?? []).map(({ label, items: numbered }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options.
            <div key={label} role="group" aria-label={label}>
              <p aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
                {label}
              </p>
              {numbered.map((item) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's.
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
                <div
                  key={item.href}
                  id={`${id}-${item.index}`}
                  role="option"
                  aria-selected={item.index === index}
                  onClick={() => go(item.href)}
                  onMouseMove={() => item.index !== index && choose(item.index)}
                  className={joinClasses(
                    "flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 pointer-coarse:min-h-11",
                    item.index === index && "bg-accent-soft text-accent-text",
                  )}
                >
                  <bdi className="min-w-0 truncate font-medium">{item.name}</bdi>
                  <bdi className="min-w-0 flex-1 truncate text-note text-muted">{item.detail}</bdi>
                  {item.index === index && <CornerDownLeft className="size-3.5 shrink-0" aria-hidden />}
                </div>
              ))}
            </div>
          ))}
        </div>
        {failed && <p className="px-4.5 py-8 text-center text-muted">{texts.failed}</p>}
        {!failed && results && items.length === 0 && <p className="px-4.5 py-8 text-center text-muted">{texts.none}</p>}
      </div>
      <p role="status" className="sr-only">
        {failed ? texts.failed : results?.summary}
      </p>
    </dialog>
  );
}

type Numbered = Omit<PaletteSection, "items"> & { items: (PaletteItem & { index: number })[] };

/** The items with their place in the whole list. */
function number(sections: readonly PaletteSection[]): Numbered[] {
  let index = 0;
  return sections.map(({ label, items }) => ({ label, items: items.map((item) => ({ ...item, index: index++ })) }));
}
