import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { type ApiQuickStartSubject, buildApiQuickStart } from "./api-quick-start";

/** How an application requests a token for the API, and how the API introspects one. */
export function ApiQuickStartCard({ api, publicUrl }: { api: ApiQuickStartSubject; publicUrl: string }) {
  return (
    <Card
      title="Quick start"
      description={
        <>
          The parameter <code className="font-mono">resource</code> makes a token one for this API. Credentials, code
          and token stand as variables of your shell.
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4">
        {buildApiQuickStart(api, publicUrl).map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}
