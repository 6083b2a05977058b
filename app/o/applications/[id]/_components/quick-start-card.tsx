import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { buildQuickStart, type QuickStartSubject } from "./quick-start";

/** The application's own link and curl lines, ready to use. */
export function QuickStartCard({ application, publicUrl }: { application: QuickStartSubject; publicUrl: string }) {
  const { authorizePath, steps } = buildQuickStart(application, publicUrl);
  return (
    <Card
      title="Quick start"
      description="Filled with this application's own values. Secret, code and tokens stand as variables of your shell."
    >
      <div className="grid grid-cols-1 gap-4">
        {authorizePath && (
          <>
            <CodeBlock title="Authorize link" code={`${publicUrl}${authorizePath}`} wrap />
            <div>
              <ButtonLink href={authorizePath} icon={<ArrowRight aria-hidden />}>
                Try the authorize link
              </ButtonLink>
            </div>
          </>
        )}
        {steps.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}
