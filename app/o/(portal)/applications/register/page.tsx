import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { generateClientId, generateClientSecret } from "@/lib/oauth/wire/digest";
import { findIdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { findKind } from "../_components/application-kinds";
import { ApplicationForm } from "../_components/form/application-form";
import { newApplicationValues, newReaderValues } from "../_components/form/application-values";
import { toScopeChoices } from "../_components/form/scope-choices";
import { ReaderLinks } from "../_components/reader-links";
import { submitRegistration } from "../actions";

export const metadata: Metadata = { title: "Register an application" };

const registerPath = "/o/applications/register/";

type Props = { searchParams: SearchParams };

export default async function RegisterApplicationPage({ searchParams }: Props) {
  // A link can prefill the form: /o/applications/register/?kind=machine.
  const { kind: kindName, client } = await searchParams;
  const kind = findKind(kindName);
  const reader = findIdTokenReader(client);
  const query = new URLSearchParams({ ...(kind && { kind }), ...(reader && { client: String(client) }) }).toString();
  const credentials = { client_id: generateClientId(), client_secret: generateClientSecret() };
  const path = `${registerPath}${query && `?${query}`}`;
  const { grantsPrivileges, scopes, settings } = await loadPage(path, async (context) => ({
    grantsPrivileges: can(context.actor, "applications:grant_privileges"),
    scopes: await listScopes(context),
    settings: context.settings,
  }));
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: "Applications", href: "/o/applications/" }]}
        title="Register an application"
        description="Choose a type, a name and redirect URIs. You can change the rest later."
      />
      <ReaderLinks path={registerPath} chosen={reader} />
      <ApplicationForm
        // Another link fills the form in again.
        key={query}
        purpose="register"
        action={submitRegistration}
        csrf={await getCsrfToken()}
        initial={{
          ...(reader ? newReaderValues(reader, credentials) : newApplicationValues(kind ?? "web", credentials)),
          // An administrator who registers an application approves it, unless they choose otherwise.
          redirects_before_sign_in: grantsPrivileges,
        }}
        reader={reader}
        scopes={toScopeChoices(scopes, { grantsPrivileges, allowed: [] })}
        allowHttp={settings.allowHttpRedirectUris}
        knownSchemes={settings.privateUriSchemes}
        privateSchemes={listPrivateSchemes({ settings }, null)}
        grantsPrivileges={grantsPrivileges}
        cancelHref="/o/applications/"
      />
    </PortalShell>
  );
}
