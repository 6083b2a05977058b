import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { groupsPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { GroupFields } from "../_components/group-fields";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("groups");
  return { title: t("create.title") };
}

export default async function CreateGroupPage({ searchParams }: { searchParams: SearchParams }) {
  await requirePortalPage("groups:write", `${groupsPath}create/`);
  const { rejected } = await searchParams;
  const flash = rejected === undefined ? null : await readFormFlash("/admin/groups/create");
  const t = await getTexts("groups");
  return (
    <PortalShell current={groupsPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: groupsPath }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <Card>
        <NativeForm action={`${groupsPath}create/submit`} csrf={await getCsrfToken()} className="fields">
          <GroupFields rejected={flash} />
          <FormActions>
            <Button type="submit" variant="primary">
              {t("create.submit")}
            </Button>
            <ButtonLink href={groupsPath}>{t("cancel")}</ButtonLink>
          </FormActions>
        </NativeForm>
      </Card>
    </PortalShell>
  );
}
