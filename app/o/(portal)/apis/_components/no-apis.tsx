import { Network } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { getTexts } from "@/lib/messages/request-locale";

/** The list before the first API. */
export async function NoApis({ create }: { create: ReactNode }) {
  const t = await getTexts("apis");
  return (
    <EmptyState
      icon={<Network aria-hidden />}
      title={t("empty.title")}
      description={create && t("empty.description")}
      action={create}
    />
  );
}
