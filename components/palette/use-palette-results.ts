"use client";

import { useEffect, useState } from "react";
import type { PaletteResults } from "./palette-results";

/** How long a pause in typing is, in milliseconds. */
const pauseMs = 120;

/** What is found for `q`; the former results until the next have come. `failed`: the server didn't answer. */
export function usePaletteResults(href: string, q: string): { results: PaletteResults | null; failed: boolean } {
  const [answer, setAnswer] = useState<{ results: PaletteResults | null; failed: boolean }>({
    results: null,
    failed: false,
  });

  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const query = new URLSearchParams({ q });
      try {
        const response = await fetch(`${href}results?${query}`, { signal: stop.signal, redirect: "error" });
        if (!response.ok) throw new Error(`${response.status}`);
        setAnswer({ results: await response.json(), failed: false });
      } catch {
        if (!stop.signal.aborted) setAnswer({ results: null, failed: true });
      }
    };
    const timer = setTimeout(ask, q === "" ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [href, q]);

  return answer;
}
