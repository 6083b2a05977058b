import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { attributesPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { isForData } from "@/lib/services/attributes/attribute-schema";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { AccessField, ClaimFields, NameField, TypeField } from "../_components/attribute-fields";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("attributes");
  return { title: t("create.title") };
}

export default async function CreateAttributePage({ searchParams }: { searchParams: SearchParams }) {
  await requirePortalPage("settings:write", `${attributesPath}create/`);
  const scopes = (await loadPage(`${attributesPath}create/`, listScopes)).filter(({ name }) => isForData(name));
  const { rejected: isRejected } = await searchParams;
  const rejected = isRejected === undefined ? null : await readFormFlash("/admin/settings/attributes/create");
  const t = await getTexts("attributes");
  return (
    <PortalShell current={attributesPath}>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: attributesPath }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <NativeForm
        action={`${attributesPath}create/submit`}
        csrf={await getCsrfToken()}
        className="grid grid-cols-1 gap-6"
      >
        {rejected && (
          <Alert tone="danger" title={t("rejected")} announce>
            {rejected.fieldErrors.form?.join(" ")}
          </Alert>
        )}
        <Card>
          <Section title={t("sections.definition.title")}>
            <NameField rejected={rejected} />
            <TypeField rejected={rejected} />
          </Section>
          <Section title={t("sections.access.title")} description={t("sections.access.description")}>
            <AccessField rejected={rejected} />
          </Section>
          <Section title={t("sections.claim.title")} description={t("sections.claim.description")}>
            <ClaimFields rejected={rejected} scopes={scopes} />
          </Section>
        </Card>
        <FormActions>
          <Button type="submit" variant="primary">
            {t("create.submit")}
          </Button>
          <ButtonLink href={attributesPath}>{t("cancel")}</ButtonLink>
        </FormActions>
      </NativeForm>
    </PortalShell>
  );
}
