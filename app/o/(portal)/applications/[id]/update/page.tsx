import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { getApplication } from "@/lib/services/applications/get-application";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApplicationForm } from "../../_components/form/application-form";
import { toApplicationValues } from "../../_components/form/application-values";
import { toScopeChoices } from "../../_components/form/scope-choices";
import { submitUpdate } from "../../actions";
import { PrivilegesNotice } from "../_components/privilege-alerts";

export const metadata: Metadata = { title: "Edit application" };

export default async function UpdateApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, grantsPrivileges, scopes, settings } = await loadPage(`${path}update/`, async (context) => ({
    application: await getApplication(context, id, "applications:write"),
    grantsPrivileges: can(context.actor, "applications:grant_privileges"),
    scopes: await listScopes(context),
    settings: context.settings,
  }));
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: application.name, href: path },
        ]}
        title={`Edit ${application.name}`}
        description="Changes take effect at once. The client ID stays the same."
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
    </PortalShell>
  );
}
