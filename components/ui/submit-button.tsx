"use client";

import { LoaderCircle } from "lucide-react";
import type { MouseEvent } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

export type SubmitButtonProps = Omit<ButtonProps, "type" | "onClick"> & {
  /** What the button says while the form's action runs. */
  pendingLabel: string;
  /** Whether the action is running, if the form calls it itself and React's form status doesn't know. */
  pending?: boolean;
};

/** The submit button of a form with a server action: shows that it is running and ignores a second press. */
export function SubmitButton({
  pendingLabel,
  pending: given,
  variant = "primary",
  icon,
  children,
  ...rest
}: SubmitButtonProps) {
  const status = useFormStatus();
  const pending = given ?? status.pending;
  // `disabled` would move keyboard focus back to the page while the action runs.
  const swallow = (event: MouseEvent) => pending && event.preventDefault();
  return (
    <Button
      {...rest}
      type="submit"
      variant={variant}
      aria-disabled={pending || undefined}
      onClick={swallow}
      icon={pending ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
    >
      {pending ? pendingLabel : children}
    </Button>
  );
}
