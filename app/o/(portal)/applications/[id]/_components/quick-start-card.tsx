import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import { toIssuer } from "@/lib/oauth/endpoints";
import { actsForUsers } from "../../_components/grant-types";
import { FoldedPart } from "./folded-part";
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
export async function QuickStartCard({ application, publicUrl, scopes }: QuickStartCardProps) {
  const [locale, t] = [await getContentLocale(), await getTexts("quickStart")];
  const { authorizePath, steps } = buildQuickStart(application, publicUrl);
  const example = writeLibraryExample(application, { issuer: toIssuer(publicUrl), scopes });
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="grid grid-cols-1 gap-4">
        {authorizePath && (
          <>
            <CodeBlock title={t("link")} code={`${publicUrl}${authorizePath}`} wrap />
            <div>
              <ButtonLink href={authorizePath} icon={<ArrowRight className="rtl:-scale-x-100" aria-hidden />}>
                {t("tryLink")}
              </ButtonLink>
            </div>
          </>
        )}
        <CodeBlock title={t(`libraries.${example.library}`)} code={example.code} />
        {actsForUsers(application.grantTypes) && (
          <p className="text-note text-muted">{listProgramNotes(application, t, locale).join(" ")}</p>
        )}
        <FoldedPart label={t("withCurl")}>
          {steps.map(({ name, code }) => (
            <CodeBlock key={name} title={t(`steps.${name}`)} code={code} />
          ))}
        </FoldedPart>
      </div>
    </Card>
  );
}
