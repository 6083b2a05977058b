"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { joinClasses } from "./class-names";
import { controlClasses, describeControl, FieldFrame, type FieldText } from "./field-frame";

export type PasswordFieldProps = FieldText &
  Omit<ComponentProps<"input">, "className" | "type" | "defaultValue" | "value">;

/**
 * A password input whose text can be shown; without JavaScript it is a plain password input. Never has a value: a
 * password isn't echoed.
 */
export function PasswordField({ label, hint, error, optional, id, ...rest }: PasswordFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const [shown, setShown] = useState(false);
  const t = useTexts("browser");
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame id={controlId} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <input
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...rest}
          {...describeControl(controlId, { hint, error })}
          id={controlId}
          type={shown ? "text" : "password"}
          className={joinClasses(controlClasses, "pe-11 max-sm:pe-12")}
        />
        <button
          type="button"
          aria-label={t("showPassword")}
          aria-pressed={shown}
          aria-controls={controlId}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0.5 end-0.5 grid aspect-square cursor-pointer place-items-center rounded-md text-muted hover:text-text focus-visible:-outline-offset-2 noscript:hidden"
        >
          <Icon className="size-4" aria-hidden />
        </button>
      </div>
    </FieldFrame>
  );
}
