"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonClasses } from "./button";
import { joinClasses } from "./class-names";
import { copyText } from "./copy-text";

export type CopyButtonProps = {
  /** The text to copy. */
  value: string;
  /** What it is, for screen readers: "Copy client ID" is `what="client ID"`. */
  what: string;
  /** Shows only the icon. */
  iconOnly?: boolean;
};

type Outcome = "idle" | "copied" | "failed";

const looks = {
  idle: { Icon: Copy, text: "Copy", spoken: "" },
  copied: { Icon: Check, text: "Copied", spoken: "Copied" },
  failed: { Icon: X, text: "Failed", spoken: "Copying failed. Select the text and copy it with the keyboard." },
} as const satisfies Record<Outcome, unknown>;

/** Copies a value and confirms it. Hidden without JavaScript, where the value beside it can still be selected. */
export function CopyButton({ value, what, iconOnly }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const { Icon, text, spoken } = looks[outcome];

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
          {text} <span className="sr-only">{what}</span>
        </span>
      </button>
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </span>
  );
}
