import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { generateClientId, generateClientSecret } from "@/lib/oauth/wire/digest";
import { findTemplate } from "@/lib/quick-starts/templates/templates";
import { requireRegistration } from "@/lib/services/applications/register-application";
import { findIdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { findKind } from "../_components/application-kinds";
import { ApplicationForm } from "../_components/form/application-form";
import { newApplicationValues, newReaderValues } from "../_components/form/application-values";
import { formNamespaces } from "../_components/form/form-namespaces";
import { toScopeChoices } from "../_components/form/scope-choices";
import { newTemplateValues } from "../_components/form/template-values";
import { ReaderLinks } from "../_components/reader-links";
import { submitRegistration } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("register") };
}

const registerPath = "/o/applications/register/";

interface Props {
  searchParams: SearchParams;
}

export default async function RegisterApplicationPage({ searchParams }: Props) {
  // A link can prefill the form: /o/applications/register/?kind=machine.
  const { kind: kindName, client, template: templateName, url } = await searchParams;
  const kind = findKind(kindName);
  const reader = findIdTokenReader(client);
  const template = findTemplate(templateName);
  const prefilled = { ...(kind && { kind }), ...(reader && { client: String(client) }), ...(template && { template }) };
  const query = new URLSearchParams({ ...prefilled, ...(template && url && { url: String(url) }) }).toString();
  const credentials = { client_id: generateClientId(), client_secret: generateClientSecret() };
  const path = `${registerPath}${query && `?${query}`}`;
  const { grantsPrivileges, scopes, settings } = await loadPage(path, async (context) => {
    requireRegistration(context);
    return {
      grantsPrivileges: can(context.actor, "applications:grant_privileges"),
      scopes: await listScopes(context),
      settings: context.settings,
    };
  });
  const [locale, t] = [await getLocale(), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/applications/" }]}
        title={t("register")}
        description={t("registration.description")}
        actions={<ButtonLink href="/o/applications/templates/">{(await getTexts("templates"))("start")}</ButtonLink>}
      />
      <ReaderLinks path={registerPath} chosen={reader} />
      <TextsProvider texts={browserTexts(locale, formNamespaces)}>
        <KeptForm place={formPlaces.newApplication}>
          <ApplicationForm
            // Another link fills the form in again.
            key={query}
            purpose="register"
            action={submitRegistration}
            csrf={await getCsrfToken()}
            initial={{
              ...(reader ? newReaderValues(reader, credentials) : newApplicationValues(kind ?? "web", credentials)),
              ...(template && newTemplateValues(template, typeof url === "string" ? url : "", credentials)),
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
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}
