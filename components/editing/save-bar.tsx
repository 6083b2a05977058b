"use client";

import { CircleCheck, PencilLine, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { Button } from "@/components/ui/button";
import { joinClasses } from "@/components/ui/class-names";
import { SubmitButton } from "@/components/ui/submit-button";
import { LeaveDialog } from "./leave-dialog";
import { hasChanges } from "./unsaved-changes";

export interface SaveBarProps {
  /** The form has just been saved. */
  saved?: boolean;
  /** The form came back with what was typed and rejected. */
  rejected?: boolean;
  /** Whether its action is running, if the form calls it itself. */
  pending?: boolean;
  /** How many fields have an error. */
  errors?: number;
  /** Instead of "Save changes". */
  label?: string;
}

/**
 * The end of a form in a card: it stays in view while the card is. It says whether there are changes, and whoever
 * leaves with them is asked first. Without JavaScript it is a button.
 */
export function SaveBar({ saved, rejected = false, pending = false, errors = 0, label }: SaveBarProps) {
  const t = useTexts("controls");
  const ref = useRef<HTMLDivElement>(null);
  const [changed, setChanged] = useState(rejected);
  const [sending, setSending] = useState(false);

  useEffect(() => {
    const form = ref.current?.closest("form");
    if (!form) return;
    const look = () => {
      setSending(false);
      setChanged(rejected || hasChanges(form));
    };
    // Typed before this code had loaded.
    look();
    const stop = new AbortController();
    const { signal } = stop;
    form.addEventListener("input", look, { signal });
    form.addEventListener("reset", () => setTimeout(look), { signal });
    form.addEventListener(
      "submit",
      (event) => {
        setSending(true);
        // Not sent by the browser: a script sends it, or its fields have errors.
        setTimeout(() => event.defaultPrevented && setSending(false));
      },
      { signal },
    );
    return () => stop.abort();
  }, [rejected]);

  return (
    <div
      ref={ref}
      className="sticky bottom-0 z-10 flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line bg-sunken px-4 py-2.5 sm:px-5"
    >
      <p
        role="status"
        className={joinClasses(
          "flex items-center gap-1.5 text-note font-medium [&_svg]:size-4 [&_svg]:shrink-0",
          (errors > 0 && "text-danger-text") || (changed ? "text-text" : "text-success-text"),
        )}
      >
        {errors > 0 && <TriangleAlert aria-hidden />}
        {errors > 0 && t("save.errors", { errors: String(errors) })}
        {changed && errors === 0 && <PencilLine className="text-muted" aria-hidden />}
        {changed && errors === 0 && t("save.unsaved")}
        {!changed && errors === 0 && saved && <CircleCheck aria-hidden />}
        {!changed && errors === 0 && saved && t("save.saved")}
      </p>
      <div className="ms-auto flex items-center gap-2">
        {changed && !rejected && (
          <Button type="reset" variant="ghost">
            {t("save.discard")}
          </Button>
        )}
        <SubmitButton pending={pending} pendingLabel={t("save.saving")}>
          {label ?? t("save.save")}
        </SubmitButton>
      </div>
      <LeaveDialog asks={changed && !sending && !pending} />
    </div>
  );
}
