"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";

export interface ListFormProps {
  path: string;
  /** What the address asks for, by the names of the fields. */
  values: Readonly<Record<string, string>>;
  children: ReactNode;
}

/**
 * The form of a list. The browser could send it itself; here the router does, without the empty fields, so that the
 * focus stays where it is. `/` leads to the search.
 */
export function ListForm({ path, values, children }: ListFormProps) {
  const ref = useRef<HTMLFormElement>(null);
  const sent = useRef<Record<string, FormDataEntryValue>>({});
  const router = useRouter();

  useEffect(() => {
    const focusSearch = (event: KeyboardEvent) => {
      const search = ref.current?.elements.namedItem("q");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!(search instanceof HTMLInputElement)) return;
      event.preventDefault();
      search.focus();
      search.select();
    };
    document.addEventListener("keydown", focusSearch);
    return () => document.removeEventListener("keydown", focusSearch);
  }, []);

  // After "clear" or going back, the fields show what the address asks for.
  useEffect(() => {
    for (const [name, value] of Object.entries(values)) {
      const field = ref.current?.elements.namedItem(name);
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      // Someone typed on while the answer was on its way.
      const isTypedOn = field === document.activeElement && field.value !== (sent.current[name] ?? field.value);
      if (!isTypedOn) field.value = value;
    }
  }, [values]);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const all = [...new FormData(event.currentTarget)];
    sent.current = Object.fromEntries(all);
    const fields = all.filter(([, value]) => value !== "");
    const query = new URLSearchParams(fields as [string, string][]).toString();
    router.push(query ? `${path}?${query}` : path, { scroll: false });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: `<search>` is no landmark yet in all browsers that we support.
    <form
      ref={ref}
      role="search"
      action={path}
      method="get"
      onSubmit={send}
      onChange={({ target, currentTarget }) => target instanceof HTMLSelectElement && currentTarget.requestSubmit()}
      className="flex flex-wrap gap-2"
    >
      {children}
    </form>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}
