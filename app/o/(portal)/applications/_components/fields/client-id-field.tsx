"use client";

import { type ReactNode, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useTexts } from "@/components/texts/use-texts";
import { CopyButton } from "@/components/ui/copy-button";
import { TextField } from "@/components/ui/field";

export interface ClientIdFieldProps {
  field: UseFormRegisterReturn;
  initial: string;
  error: ReactNode;
}

/** The generated client ID. Developers who move an application here type its existing one. */
export function ClientIdField({ field, initial, error }: ClientIdFieldProps) {
  const t = useTexts("applicationForm");
  const [value, setValue] = useState(initial);
  return (
    <TextField
      {...field}
      onChange={(event) => {
        setValue(event.target.value);
        return field.onChange(event);
      }}
      id="client_id"
      label={t("clientId.label")}
      hint={t("clientId.hint")}
      defaultValue={initial}
      error={error}
      action={
        <div className="flex">
          <CopyButton value={value} what={t("clientId.copy")} />
        </div>
      }
      required
      mono
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
