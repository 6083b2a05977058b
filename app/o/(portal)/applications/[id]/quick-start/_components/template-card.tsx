import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import type { QuickStartFacts } from "@/lib/quick-starts/facts";
import { fillTemplate } from "@/lib/quick-starts/templates/fill-template";
import { type TemplateId, templates } from "@/lib/quick-starts/templates/templates";

/** What to enter in an application that has a template. */
export async function TemplateCard({ id, facts }: { id: TemplateId; facts: QuickStartFacts }) {
  const t = await getTexts("templates");
  const { name, enter, documentation, ran } = templates[id];
  return (
    <Card
      title={t("enter.title", { name })}
      description={ran ? t("facts.ran", { version: ran }) : t("facts.neverRan")}
      footer={
        <>
          {t("documentation")}{" "}
          <TextLink href={documentation} className="wrap-anywhere">
            {documentation}
          </TextLink>
        </>
      }
    >
      <CodeBlock title={enter.place} code={fillTemplate(id, facts)} />
    </Card>
  );
}
