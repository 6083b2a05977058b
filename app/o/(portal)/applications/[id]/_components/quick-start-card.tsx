import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { toIssuer } from "@/lib/oauth/endpoints";
import { formatIdTokenReaders } from "@/lib/services/applications/settings/id-token-readers";
import { actsForPeople } from "../../_components/grant-types";
import { writeLibraryExample } from "./library-example";
import { buildQuickStart } from "./quick-start";
import type { QuickStartSubject } from "./quick-start-subject";

export interface QuickStartCardProps {
  application: QuickStartSubject;
  publicUrl: string;
  /** All that it may ask for. */
  scopes: readonly string[];
}

/** The application's own link, program and curl lines, ready to use. */
export function QuickStartCard({ application, publicUrl, scopes }: QuickStartCardProps) {
  const { authorizePath, steps } = buildQuickStart(application, publicUrl);
  const example = writeLibraryExample(application, { issuer: toIssuer(publicUrl), scopes });
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
        <CodeBlock title={example.title} code={example.code} />
        {actsForPeople(application.grantTypes) && (
          <p className="text-[0.8125rem] text-muted">{describeClaims(application)}</p>
        )}
        {steps.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}

/** Where a program finds what it may know of its users. */
function describeClaims({ claimsInIdToken }: QuickStartSubject): string {
  return claimsInIdToken
    ? "ID tokens contain the claims of the granted scopes, such as name and e-mail address. Userinfo returns the same."
    : `Name, e-mail address and other claims come from userinfo. ${formatIdTokenReaders()} read only the ID token: for them, edit the application and turn on “Claims in the ID token”.`;
}
