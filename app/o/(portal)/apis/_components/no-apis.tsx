import { Network } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** The list before the first API. */
export function NoApis({ create }: { create: ReactNode }) {
  return (
    <EmptyState
      icon={<Network aria-hidden />}
      title="No API yet"
      description="Tokens are good for everything that accepts them. Create an API, and applications can ask for tokens that are good for it alone."
      action={create}
    />
  );
}
