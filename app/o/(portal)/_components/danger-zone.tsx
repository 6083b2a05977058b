import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { getTexts } from "@/lib/messages/request-locale";

/** The last card of a page, with the actions that end or pause its subject: one `DangerRow` each. */
export async function DangerZone({ children }: { children: ReactNode }) {
  const t = await getTexts("console");
  return (
    <Card title={t("dangerZone")} tone="danger" flush>
      <div className="divide-y divide-line">{children}</div>
    </Card>
  );
}

export interface DangerRowProps {
  /** "Delete this API". */
  title: string;
  description: string;
  /** The button; absent if the user isn't allowed to. */
  children?: ReactNode;
}

/** An action, its consequences, and its button. */
export function DangerRow({ title, description, children }: DangerRowProps) {
  return (
    <div className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-8 sm:px-5">
      <div className="grid gap-0.5">
        <p className="font-medium">{title}</p>
        <p className="text-note text-muted">{description}</p>
      </div>
      {children && <div className="grid shrink-0">{children}</div>}
    </div>
  );
}
