import { Circle, CircleAlert, CircleCheck, CircleX, Info } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "./class-names";

export type BadgeTone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

const tones: Record<BadgeTone, string> = {
  neutral: "border-line bg-sunken text-muted",
  accent: "border-accent-line bg-accent-soft text-accent-text",
  success: "border-success-line bg-success-soft text-success-text",
  warning: "border-warning-line bg-warning-soft text-warning-text",
  danger: "border-danger-line bg-danger-soft text-danger-text",
  info: "border-info-line bg-info-soft text-info-text",
};

const icons: Record<BadgeTone, ReactNode> = {
  neutral: <Circle aria-hidden />,
  accent: <Circle aria-hidden />,
  success: <CircleCheck aria-hidden />,
  warning: <CircleAlert aria-hidden />,
  danger: <CircleX aria-hidden />,
  info: <Info aria-hidden />,
};

/** A short status: icon and word express it, color only repeats it. `icon={null}` for a plain label. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={joinClasses(
        "inline-flex w-fit items-center gap-1 rounded-full border px-2 py-0.5 text-xs leading-4 font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
        tones[tone],
      )}
    >
      {icon === undefined ? icons[tone] : icon}
      {children}
    </span>
  );
}
