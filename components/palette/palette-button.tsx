"use client";

import { Search } from "lucide-react";
import { lazy, type MouseEvent, Suspense, useEffect, useRef, useState } from "react";
import type { PaletteTexts } from "./palette";

// Loaded when someone opens it for the first time.
const Palette = lazy(async () => ({ default: (await import("./palette")).Palette }));

export interface PaletteButtonProps {
  /** The search page, for browsers without JavaScript. */
  href: string;
  /** As keyboards of this browser's system name it. */
  shortcut: string;
  texts: PaletteTexts;
}

/** Opens the palette; so does Ctrl K, or ⌘ K. Without JavaScript it is a link to the search page. */
export function PaletteButton({ href, shortcut, texts }: PaletteButtonProps) {
  const [open, setOpen] = useState(false);
  const way = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isShortcut || event.shiftKey || event.altKey || document.querySelector("dialog:modal")) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setOpen(true);
  };

  // A click on a link, so that a form with unsaved changes asks first.
  const follow = (target: string) => {
    if (!way.current) return;
    way.current.href = target;
    way.current.click();
  };

  return (
    <>
      <a
        href={href}
        onClick={onClick}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex min-h-9 items-center gap-2 rounded-md px-2.5 text-muted transition-colors hover:text-text max-sm:min-h-11 pointer-coarse:min-h-11 sm:w-64 sm:border sm:border-line sm:bg-canvas sm:hover:border-line-strong"
      >
        <Search className="size-4 shrink-0" aria-hidden />
        <span className="max-sm:sr-only">{texts.title}</span>
        <kbd
          aria-hidden
          className="ms-auto rounded-sm border border-line bg-surface px-1.5 font-sans text-xs max-sm:hidden pointer-coarse:hidden"
        >
          {shortcut}
        </kbd>
      </a>
      {/* biome-ignore lint/a11y/useAnchorContent: nobody meets it; the palette sends its readers over it. */}
      <a ref={way} href={href} hidden tabIndex={-1} />
      {open && (
        <Suspense fallback={null}>
          <Palette href={href} texts={texts} follow={follow} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
