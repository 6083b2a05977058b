import { AppWindow } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { getTexts } from "@/lib/messages/request-locale";
import { quoteForShell } from "@/lib/quick-starts/shell";

export interface NoApplicationsProps {
  username: string;
  /** Shows the command too, for those who also have the server's terminal. */
  fromTerminal: boolean;
  register: ReactNode;
}

/** The list before the first application. The command names its owner, because a terminal has no signed-in user. */
export async function NoApplications({ username, fromTerminal, register }: NoApplicationsProps) {
  const t = await getTexts("applicationList");
  const command = [
    "npm run createapplication -- confidential authorization-code",
    '--name "My app" --redirect-uris https://app.example.com/callback',
    `--user ${quoteForShell(username)}`,
  ];
  return (
    <EmptyState
      icon={<AppWindow aria-hidden />}
      title={t("empty.title")}
      description={t("empty.description")}
      action={register}
      code={fromTerminal ? command.join(" \\\n  ") : undefined}
    />
  );
}
