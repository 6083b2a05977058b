"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { buttonClasses } from "./button";
import { joinClasses } from "./class-names";
import { copyText } from "./copy-text";

export interface CopyButtonProps {
  /** The text to copy. */
  value: string;
  /** What it is, for screen readers: "Copy client ID" is `what="client ID"`. */
  what: string;
  /** Shows only the icon. */
  iconOnly?: boolean;
}

type Outcome = "idle" | "copied" | "failed";

const icons = { idle: Copy, copied: Check, failed: X } as const satisfies Record<Outcome, unknown>;

const spokenTexts = { idle: null, copied: "copy.copied", failed: "copy.failedSpoken" } as const;

/** Copies a value and confirms it. Hidden without JavaScript, where the value beside it can still be selected. */
export function CopyButton({ value, what, iconOnly }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const t = useTexts("browser");
  const Icon = icons[outcome];
  const spoken = spokenTexts[outcome];

  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  // Wide enough for each of its labels, so that it doesn't move its neighbors.
  return (
    <span className={joinClasses("relative inline-grid shrink-0 noscript:hidden", !iconOnly && "min-w-22")}>
      <button
        type="button"
        className={buttonClasses({ variant: iconOnly ? "ghost" : "secondary", size: "sm" })}
        onClick={async () => setOutcome((await copyText(value)) ? "copied" : "failed")}
      >
        <Icon aria-hidden />
        <span className={iconOnly ? "sr-only" : undefined}>
          {t(`copy.${outcome}`)} <span className="sr-only">{what}</span>
        </span>
      </button>
      <span role="status" className="sr-only">
        {spoken && t(spoken)}
      </span>
    </span>
  );
}
