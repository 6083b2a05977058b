import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getApplication } from "@/lib/services/applications/get-application";
import { findTestCredential, findTestObstacle } from "@/lib/services/applications/test-sign-in/test-obstacle";
import { loadScopes } from "../_components/load-scopes";
import { TestSignInForm } from "./_components/test-sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("testSignIn");
  return { title: t("title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function TestSignInPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id, "test-sign-in/");
  const { rejected: isRejected } = await searchParams;
  const { application, scopes, requirePushed } = await loadPage(path, async (context) => {
    const application = await getApplication(context, { id }, "applications:write");
    const { requirePushedAuthorizationRequests: requirePushed } = context.settings;
    return { application, scopes: await loadScopes({ context, application }), requirePushed };
  });
  const rejected = isRejected === undefined ? null : await readFormFlash(path.slice(0, -1));
  const obstacle = findTestObstacle(application, { requirePushed });
  const [t, applications] = [await getTexts("testSignIn"), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: applications("title"), href: "/o/applications/" },
          { label: application.name, href: applicationPath(id) },
        ]}
        title={t("title")}
        description={obstacle ? undefined : t("form.description", { name: application.name })}
      />
      {obstacle ? (
        <Alert tone="info">{t(`obstacles.${obstacle}`)}</Alert>
      ) : (
        <Card>
          <TestSignInForm
            applicationId={id}
            csrf={await getCsrfToken()}
            scopes={scopes.scopes.filter(({ name }) => scopes.allowed.includes(name))}
            credential={findTestCredential(application)}
            rejected={rejected}
          />
        </Card>
      )}
    </PortalShell>
  );
}
