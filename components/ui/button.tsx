import type { ComponentProps, ReactNode } from "react";
import { joinClasses } from "./class-names";
import { Link, type LinkProps } from "./link";

export type ButtonVariant = "primary" | "secondary" | "danger" | "danger-quiet" | "ghost";
export type ButtonSize = "sm" | "md" | "lg";

export interface ButtonLook {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** As wide as its container. */
  block?: boolean;
  /** Decoration before the label. */
  icon?: ReactNode;
}

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent shadow-low hover:bg-accent-hover",
  secondary: "border-control-line bg-control text-text shadow-low hover:bg-control-hover",
  danger: "border-transparent bg-danger text-on-danger shadow-low hover:bg-danger-hover",
  // For a button that opens a confirmation or undoes something small; the filled one performs the action.
  "danger-quiet":
    "border-control-line bg-control text-danger-text shadow-low hover:border-danger-line hover:bg-danger-soft",
  ghost: "border-transparent text-muted hover:bg-hover hover:text-text",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-8 px-2.5 py-1 text-note pointer-coarse:min-h-10 [&_svg]:size-3.5",
  md: "min-h-9 px-3.5 py-1.5 text-sm max-sm:min-h-11 pointer-coarse:min-h-11 [&_svg]:size-4",
  lg: "min-h-11 px-5 py-2 text-lead [&_svg]:size-4",
};

/** The classes of a button, for an element that only looks like one (a `<summary>`). */
export function buttonClasses({ variant = "secondary", size = "md", block }: Omit<ButtonLook, "icon"> = {}): string {
  return joinClasses(
    "inline-flex cursor-pointer items-center justify-center gap-2 rounded-md border text-center font-medium transition-colors [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    variants[variant],
    sizes[size],
    block && "w-full",
  );
}

export type ButtonProps = Omit<ComponentProps<"button">, "className"> & ButtonLook;

/** A button; `type="button"` by default. */
export function Button({ variant, size, block, icon, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClasses({ variant, size, block })} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export type ButtonLinkProps = Omit<LinkProps, "className"> & ButtonLook;

/** A link that looks like a button. */
export function ButtonLink({ variant, size, block, icon, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={buttonClasses({ variant, size, block })} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
