import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { toIssuer } from "@/lib/oauth/endpoints";
import { actsForUsers } from "../../_components/grant-types";
import { writeLibraryExample } from "./library-example";
import { buildQuickStart } from "./quick-start";
import type { QuickStartSubject } from "./quick-start-subject";
import { listProgramNotes } from "./shown-settings";

export interface QuickStartCardProps {
  application: QuickStartSubject;
  publicUrl: string;
  /** All that it may request. */
  scopes: readonly string[];
}

/** The application's own link, program and curl commands, ready to use. */
export function QuickStartCard({ application, publicUrl, scopes }: QuickStartCardProps) {
  const { authorizePath, steps } = buildQuickStart(application, publicUrl);
  const example = writeLibraryExample(application, { issuer: toIssuer(publicUrl), scopes });
  return (
    <Card
      title="Quick start"
      description="Filled with this application's own values. Secret, code and tokens are shell variables."
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
        <CodeBlock title={example.title} code={example.code} />
        {actsForUsers(application.grantTypes) && (
          <p className="text-[0.8125rem] text-muted">{listProgramNotes(application).join(" ")}</p>
        )}
        {steps.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}
