import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { bdi } from "@/components/texts/rich-tags";
import { TextsProvider } from "@/components/texts/texts-provider";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { getApplication } from "@/lib/services/applications/get-application";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApplicationForm } from "../../_components/form/application-form";
import { toApplicationValues } from "../../_components/form/application-values";
import { formNamespaces } from "../../_components/form/form-namespaces";
import { toScopeChoices } from "../../_components/form/scope-choices";
import { submitUpdate } from "../../actions";
import { PrivilegesNotice } from "../_components/privilege-alerts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("update.title") };
}

export default async function UpdateApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, grantsPrivileges, scopes, settings } = await loadPage(`${path}update/`, async (context) => ({
    application: await getApplication(context, { id }, "applications:write"),
    grantsPrivileges: can(context.actor, "applications:grant_privileges"),
    scopes: await listScopes(context),
    settings: context.settings,
  }));
  const [locale, t] = [await getLocale(), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[
          { label: t("title"), href: "/o/applications/" },
          { label: application.name, href: path },
        ]}
        title={t.rich("update.heading", { name: application.name, bdi })}
        description={t("update.description")}
      />
      {!grantsPrivileges && (
        <div className="pb-6">
          <PrivilegesNotice
            application={application}
            restrictedScopes={scopes
              .filter(({ name, isRestricted }) => isRestricted && application.allowedScopes.includes(name))
              .map(({ name }) => name)}
          />
        </div>
      )}
      <TextsProvider texts={browserTexts(locale, formNamespaces)}>
        <KeptForm place={formPlaces.application(id)}>
          <ApplicationForm
            purpose="update"
            action={submitUpdate.bind(null, id)}
            csrf={await getCsrfToken()}
            initial={toApplicationValues(application)}
            scopes={toScopeChoices(scopes, { grantsPrivileges, allowed: application.allowedScopes })}
            allowHttp={settings.allowHttpRedirectUris}
            knownSchemes={settings.privateUriSchemes}
            privateSchemes={listPrivateSchemes({ settings }, application)}
            grantsPrivileges={grantsPrivileges}
            locksProfile={application.securityProfileLocked && !grantsPrivileges}
            registeredItself={application.registeredDynamically}
            cancelHref={path}
          />
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}
