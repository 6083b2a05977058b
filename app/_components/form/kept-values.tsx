"use client";

import { createContext, type ReactNode, useContext } from "react";

type Values = Record<string, string[]>;

const KeptValuesContext = createContext<Values | null>(null);

/** What was typed into the form below before its user had to sign in again; null if nothing of it is kept. */
export function useKeptValues(): Values | null {
  return useContext(KeptValuesContext);
}

export function KeptValues({ values, children }: { values: Values | null; children: ReactNode }) {
  return <KeptValuesContext value={values}>{children}</KeptValuesContext>;
}
