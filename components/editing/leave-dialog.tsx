"use client";

import { useEffect, useId, useRef } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { Button } from "@/components/ui/button";

/** While `asks`, following a link on the page asks first; for other ways out the browser asks itself. */
export function LeaveDialog({ asks }: { asks: boolean }) {
  const t = useTexts("controls");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const link = useRef<HTMLAnchorElement | null>(null);

  useEffect(() => {
    if (!asks) return;
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
    const hold = (event: MouseEvent) => {
      const followed = event.target instanceof Element ? event.target.closest("a") : null;
      if (!followed || followed === link.current || !leavesPage(event, followed)) return;
      event.preventDefault();
      event.stopPropagation();
      link.current = followed;
      dialog.current?.showModal();
    };
    // Before the router sees it.
    document.addEventListener("click", hold, { capture: true, signal });
    dialog.current?.addEventListener(
      "close",
      () => {
        const followed = link.current;
        if (dialog.current?.returnValue === "leave") {
          stop.abort();
          followed?.click();
        }
        link.current = null;
      },
      { signal },
    );
    return () => stop.abort();
  }, [asks]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="m-auto w-full max-w-sm rounded-lg border border-line bg-surface p-5 text-text shadow-high backdrop:bg-[rgb(10_15_16/45%)] max-sm:max-w-[calc(100vw-2rem)]"
    >
      <h2 id={`${id}-title`} className="text-lead font-semibold">
        {t("leave.title")}
      </h2>
      <p id={`${id}-text`} className="pt-1 text-muted">
        {t("leave.explanation")}
      </p>
      <div className="flex flex-col-reverse gap-2 pt-5 sm:flex-row sm:justify-end">
        <Button onClick={() => dialog.current?.close("leave")} variant="danger">
          {t("leave.leave")}
        </Button>
        {/* The dialog's first focus. */}
        <Button autoFocus onClick={() => dialog.current?.close("stay")}>
          {t("leave.stay")}
        </Button>
      </div>
    </dialog>
  );
}

function leavesPage(event: MouseEvent, { href, target }: HTMLAnchorElement): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (!href || (target && target !== "_self")) return false;
  const [to, here] = [new URL(href), new URL(location.href)];
  return to.origin + to.pathname + to.search !== here.origin + here.pathname + here.search;
}
