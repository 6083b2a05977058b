import { Network } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** The list before the first API. */
export function NoApis({ create }: { create: ReactNode }) {
  return (
    <EmptyState
      icon={<Network aria-hidden />}
      title="No APIs yet"
      description="Tokens are valid for every API that accepts them. Create an API so that applications can get tokens that are valid only for it."
      action={create}
    />
  );
}
