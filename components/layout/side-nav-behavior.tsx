"use client";

import { useEffect, useRef } from "react";

/**
 * What the browser doesn't do for the drawer around it: focus moves into it, and the drawer closes when focus leaves
 * it, when a link in it is followed, and when the window becomes wide enough to show the navigation without it.
 */
export function SideNavBehavior() {
  const ref = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const drawer = ref.current?.parentElement;
    if (!drawer?.hidePopover) return;
    const stop = new AbortController();
    const { signal } = stop;
    const isOpen = () => drawer.matches(":popover-open");
    const close = () => isOpen() && drawer.hidePopover();
    const enter = () => {
      const link = drawer.querySelector<HTMLElement>("[aria-current]") ?? drawer.querySelector("a");
      if (isOpen()) link?.focus();
    };
    drawer.addEventListener("toggle", enter, { signal });
    // Opened before this code had loaded.
    enter();
    document.addEventListener("focusin", ({ target }) => !drawer.contains(target as Node) && close(), { signal });
    drawer.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && close(), {
      signal,
    });
    matchMedia("(min-width: 64rem)").addEventListener("change", close, { signal });
    return () => stop.abort();
  }, []);

  return <span ref={ref} hidden />;
}
