import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "./class-names";
import { ToneWord } from "./tone-word";

export type AlertTone = "info" | "success" | "warning" | "danger";

const looks: Record<AlertTone, { frame: string; icon: ReactNode }> = {
  info: { frame: "border-info-line bg-info-soft [&>svg]:text-info-text", icon: <Info aria-hidden /> },
  success: {
    frame: "border-success-line bg-success-soft [&>svg]:text-success-text",
    icon: <CircleCheck aria-hidden />,
  },
  warning: {
    frame: "border-warning-line bg-warning-soft [&>svg]:text-warning-text",
    icon: <TriangleAlert aria-hidden />,
  },
  danger: {
    frame: "border-danger-line bg-danger-soft [&>svg]:text-danger-text",
    icon: <OctagonAlert aria-hidden />,
  },
};

export interface AlertProps {
  tone: AlertTone;
  title?: ReactNode;
  /** Links or buttons below the text. */
  actions?: ReactNode;
  /**
   * Set for the outcome of what the reader has just done: `danger` and `warning` then interrupt (role alert), the
   * others wait (role status). Without it the box is ordinary content.
   */
  announce?: boolean;
  children?: ReactNode;
}

/** A message in a box. */
export function Alert({ tone, title, actions, announce, children }: AlertProps) {
  const { frame, icon } = looks[tone];
  const role = tone === "danger" || tone === "warning" ? "alert" : "status";
  return (
    <div
      role={announce ? role : undefined}
      className={joinClasses(
        "flex gap-3 rounded-md border p-3 text-text [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
        frame,
      )}
    >
      {icon}
      <div className="grid min-w-0 flex-1 gap-1">
        <ToneWord tone={tone} />
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="min-w-0 wrap-anywhere">{children}</div>}
        {actions && <div className="flex flex-wrap gap-2 pt-1.5">{actions}</div>}
      </div>
    </div>
  );
}
