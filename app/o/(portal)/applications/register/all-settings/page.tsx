import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import type { SearchParams } from "@/lib/http/search-params";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { generateClientId, generateClientSecret } from "@/lib/oauth/wire/digest";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApplicationForm } from "../../_components/form/application-form";
import { formNamespaces } from "../../_components/form/form-namespaces";
import { toScopeChoices } from "../../_components/form/scope-choices";
import { submitRegistration } from "../../actions";
import { loadRegistration, registerPath } from "../_components/load-registration";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("registration.allSettings.title") };
}

interface Props {
  searchParams: SearchParams;
}

/** A new application with every setting, an ID and a secret of one's own. */
export default async function RegisterWithAllSettingsPage({ searchParams }: Props) {
  const credentials = { client_id: generateClientId(), client_secret: generateClientSecret() };
  const { context, query, initial, reader, grantsPrivileges } = await loadRegistration(
    `${registerPath}all-settings/`,
    searchParams,
    credentials,
  );
  const { settings } = context;
  const scopes = await listScopes(context);
  const [locale, t] = [await getLocale(), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[
          { label: t("title"), href: "/o/applications/" },
          { label: t("register"), href: `${registerPath}${query && `?${query}`}` },
        ]}
        title={t("registration.allSettings.title")}
        description={t("registration.allSettings.description")}
      />
      <TextsProvider texts={browserTexts(locale, formNamespaces)}>
        <KeptForm place={formPlaces.newApplication}>
          <ApplicationForm
            // Another link fills the form in again.
            key={query}
            purpose="register"
            action={submitRegistration}
            csrf={await getCsrfToken()}
            initial={initial}
            reader={reader}
            scopes={toScopeChoices(scopes, { grantsPrivileges, allowed: [] })}
            allowHttp={settings.allowHttpRedirectUris}
            knownSchemes={settings.privateUriSchemes}
            privateSchemes={listPrivateSchemes({ settings }, null)}
            grantsPrivileges={grantsPrivileges}
            cancelHref="/o/applications/"
          />
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}
