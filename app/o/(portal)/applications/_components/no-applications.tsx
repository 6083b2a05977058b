import { AppWindow } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { getTexts } from "@/lib/messages/request-locale";
import { quoteForShell } from "../../_components/shell";

/** The list before the first application. The command names its owner, because a terminal has no signed-in user. */
export async function NoApplications({ username, register }: { username: string; register: ReactNode }) {
  const t = await getTexts("applications");
  const command = [
    "npm run createapplication -- confidential authorization-code",
    '--name "My app" --redirect-uris https://app.example.com/callback',
    `--user ${quoteForShell(username)}`,
  ];
  return (
    <EmptyState
      icon={<AppWindow aria-hidden />}
      title={t("list.empty.title")}
      description={t("list.empty.description")}
      action={register}
      code={command.join(" \\\n  ")}
    />
  );
}
