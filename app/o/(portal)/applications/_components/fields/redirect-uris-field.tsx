"use client";

import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useRichTexts } from "@/components/texts/use-rich-texts";
import { useTexts } from "@/components/texts/use-texts";
import type { RedirectUriPolicy } from "@/lib/oauth/client/redirect-uri";
import type { IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { AddressRows } from "./addresses/address-rows";

export interface RedirectUrisFieldProps {
  field: UseFormRegisterReturn;
  initial: string;
  /** The end of the address, if the registered program is known. */
  known?: Pick<IdTokenReader, "label" | "callbackPath">;
  error: ReactNode;
  policy: RedirectUriPolicy;
  /** Schemes without a dot that need no warning. */
  knownSchemes: readonly string[];
  /** Whether it may be left for later. */
  optional?: boolean;
}

/** The addresses to which responses may be sent. */
export function RedirectUrisField({ known, ...rest }: RedirectUrisFieldProps) {
  const t = useTexts("applicationForm");
  const rich = useRichTexts("applicationForm");
  return (
    <AddressRows
      {...rest}
      name="redirect_uris"
      kind="redirect_uris"
      label={t("redirectUris.label")}
      hint={rich("redirectUris.hint", {
        program: known?.label ?? "",
        reader: (chunks) => known?.callbackPath && chunks,
        path: () => (
          <code key="path" className="font-mono break-all">
            {known?.callbackPath}
          </code>
        ),
        native: (chunks) => <span className="hidden group-has-[[value=native]:checked]/form:inline">{chunks}</span>,
        single: (chunks) => <span className="hidden group-has-[[value^=single]:checked]/form:inline">{chunks}</span>,
      })}
      placeholder={`https://example.com${known?.callbackPath ?? "/callback"}`}
    />
  );
}
