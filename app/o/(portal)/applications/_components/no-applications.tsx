import { AppWindow } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { quoteForShell } from "../../_components/shell";

/** The list before the first application. The command names its owner, because a terminal has no signed-in user. */
export function NoApplications({ username, register }: { username: string; register: ReactNode }) {
  const command = [
    "npm run createapplication -- confidential authorization-code",
    '--name "My app" --redirect-uris https://app.example.com/callback',
    `--user ${quoteForShell(username)}`,
  ];
  return (
    <EmptyState
      icon={<AppWindow aria-hidden />}
      title="No applications yet"
      description="Register one to get a client ID and a secret for it."
      action={register}
      code={command.join(" \\\n  ")}
    />
  );
}
