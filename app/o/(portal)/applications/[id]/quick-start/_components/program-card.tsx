import { Download } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ListedQuickStart } from "@/lib/quick-starts/list-quick-starts";

export interface ProgramCardProps {
  application: { id: string; redirectUris: readonly string[] };
  program: ListedQuickStart;
}

/** A whole program: its files, and how it is run. */
export async function ProgramCard({ application, program }: ProgramCardProps) {
  const t = await getTexts("quickStart");
  const { id, name, library, files, commands, open, redirectUri } = program;
  // Without any, the page asks for one.
  const isUnknown =
    redirectUri !== null && application.redirectUris.length > 0 && !application.redirectUris.includes(redirectUri);
  const rich = { uri: () => <code className="wrap-anywhere">{redirectUri}</code> };
  return (
    <Card title={name} description={t("program.description", { library })}>
      <div className="grid grid-cols-1 gap-4">
        {isUnknown && (
          <Alert tone="warning" title={t("program.redirectUri.title")}>
            {t.rich("program.redirectUri.description", rich)}{" "}
            <TextLink href={applicationPath(application.id, "sign-in/")}>{t("program.redirectUri.add")}</TextLink>
          </Alert>
        )}
        {files.map((file) => (
          <CodeBlock
            key={file.path}
            title={file.path}
            code={file.code}
            bounded
            action={
              <a
                href={applicationPath(
                  application.id,
                  `quick-start/file?${new URLSearchParams({ start: id, path: file.path })}`,
                )}
                download
                aria-label={t("program.download", { file: file.path })}
                title={t("program.download", { file: file.path })}
                className="grid size-8 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text pointer-coarse:size-10 [&_svg]:size-4"
              >
                <Download aria-hidden />
              </a>
            }
          />
        ))}
        {commands.length > 0 && <CodeBlock title={t("program.run")} code={commands.join("\n")} />}
        {open && <CodeBlock title={t("program.open")} code={open} wrap />}
      </div>
    </Card>
  );
}
