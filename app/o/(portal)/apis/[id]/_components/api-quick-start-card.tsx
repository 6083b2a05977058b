import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { getTexts } from "@/lib/messages/request-locale";
import { type ApiQuickStartSubject, buildApiQuickStart } from "./api-quick-start";

/** How an application requests a token for the API, and how the API introspects one. */
export async function ApiQuickStartCard({ api, publicUrl }: { api: ApiQuickStartSubject; publicUrl: string }) {
  const t = await getTexts("apis");
  return (
    <Card
      title={t("quickStart.title")}
      description={t.rich("quickStart.description", {
        code: (chunks) => <code className="font-mono">{chunks}</code>,
      })}
    >
      <div className="grid grid-cols-1 gap-4">
        {buildApiQuickStart(api, publicUrl, t).map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}
