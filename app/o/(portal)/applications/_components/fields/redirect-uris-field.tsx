"use client";

import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useRichTexts } from "@/components/texts/use-rich-texts";
import { useTexts } from "@/components/texts/use-texts";
import { TextAreaField } from "@/components/ui/field";
import type { IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { splitLines } from "../form/application-fields";
import { findRedirectUriWarnings } from "../form/find-redirect-uri-warnings";

export interface RedirectUrisFieldProps {
  field: UseFormRegisterReturn;
  initial: string;
  /** The end of the address, if the registered program is known. */
  known?: Pick<IdTokenReader, "label" | "callbackPath">;
  error: ReactNode;
  /** Schemes without a dot that need no warning. */
  knownSchemes: readonly string[];
  /** Whether it may be left for later. */
  optional?: boolean;
}

/** The addresses to which responses may be sent, with a warning about pairs that are easily confused. */
export function RedirectUrisField({ field, initial, known, error, knownSchemes, optional }: RedirectUrisFieldProps) {
  const t = useTexts("applicationForm");
  const rich = useRichTexts("applicationForm");
  const [text, setText] = useState(initial);
  const warnings = findRedirectUriWarnings(splitLines(text), knownSchemes);
  return (
    <div className="grid grid-cols-1 gap-2">
      <TextAreaField
        {...field}
        onChange={(event) => {
          setText(event.target.value);
          return field.onChange(event);
        }}
        id="redirect_uris"
        label={t("redirectUris.label")}
        optional={optional}
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
        defaultValue={initial}
        error={error}
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div role="status" className="grid gap-1 empty:-mt-2">
        {warnings.map(({ name, values }) => (
          <p key={Object.values(values).join(" ")} className="flex gap-1.5 text-[0.8125rem] text-warning-text">
            <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
            <span className="min-w-0 wrap-anywhere">{t(`redirectUris.warnings.${name}`, values)}</span>
          </p>
        ))}
      </div>
    </div>
  );
}
