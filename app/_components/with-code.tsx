"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";

/** Shows its children, what to know of a code, only if there is one in the address. The code stays there. */
export function WithCode({ children }: { children: ReactNode }) {
  return useSearchParams().has("code") ? children : null;
}
