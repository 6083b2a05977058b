import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalShell } from "@/app/_components/portal-shell";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { TextField } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { findTemplate, templates } from "@/lib/quick-starts/templates/templates";
import { requireRegistration } from "@/lib/services/applications/register-application";
import { TemplateFacts } from "../_components/template-facts";

interface Props {
  params: Promise<{ template: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = findTemplate((await params).template);
  return { title: id ? templates[id].name : (await getTexts("templates"))("title") };
}

/** What an application needs, and where it runs: the rest of its form is filled in. */
export default async function TemplatePage({ params }: Props) {
  const id = findTemplate((await params).template);
  if (!id) notFound();
  await loadPage(`/o/applications/templates/${id}/`, async (context) => requireRegistration(context));
  const template = templates[id];
  const [t, applications] = [await getTexts("templates"), await getTexts("applications")];
  const { name, example, redirectUris, enter, documentation } = template;
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[
          { label: applications("title"), href: "/o/applications/" },
          { label: t("title"), href: "/o/applications/templates/" },
        ]}
        title={name}
        description={t("page.description", { name })}
      />
      <div className="grid grid-cols-1 gap-6">
        <Card>
          <form action="/o/applications/register/" className="fields">
            <input type="hidden" name="template" value={id} />
            {redirectUris.some((uri) => uri.includes("{url}")) && (
              <TextField
                label={t("address.label", { name })}
                hint={t("address.hint", { name, example })}
                name="url"
                inputMode="url"
                placeholder={example}
                autoComplete="off"
                spellCheck={false}
                mono
              />
            )}
            <div>
              <Button type="submit" variant="primary">
                {t("continue")}
              </Button>
            </div>
          </form>
        </Card>
        <TemplateFacts template={template} />
        <Card
          title={t("enter.title", { name })}
          description={t("enter.description")}
          footer={
            <>
              {t("documentation")}{" "}
              <TextLink href={documentation} className="wrap-anywhere">
                {documentation}
              </TextLink>
            </>
          }
        >
          <CodeBlock title={enter.place} code={enter.code} />
        </Card>
      </div>
    </PortalShell>
  );
}
