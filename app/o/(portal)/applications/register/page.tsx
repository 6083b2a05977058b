import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import type { SearchParams } from "@/lib/http/search-params";
import { browserTexts } from "@/lib/messages/browser-texts";
import { formatList } from "@/lib/messages/format-list";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { generateClientId } from "@/lib/oauth/wire/digest";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { isLabelled } from "@/lib/services/applications/settings/setting-texts";
import { findKind } from "../_components/application-kinds";
import { type ApplicationValues, fieldNames, toSettingName } from "../_components/form/application-fields";
import { newApplicationValues } from "../_components/form/application-values";
import { formNamespaces } from "../_components/form/form-namespaces";
import { NewApplicationForm } from "../_components/form/new-application-form";
import { submitRegistration } from "../actions";
import { loadRegistration, registerPath } from "./_components/load-registration";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("register") };
}

interface Props {
  searchParams: SearchParams;
}

/** A new application: three questions. Everything else has a default, and is on the tabs of the application. */
export default async function RegisterApplicationPage({ searchParams }: Props) {
  // The server generates the secret. The ID is here, so that a form that is sent twice registers once.
  const credentials = { client_id: generateClientId(), client_secret: "" };
  const { context, query, initial, reader, template, grantsPrivileges } = await loadRegistration(
    registerPath,
    searchParams,
    credentials,
  );
  const { settings } = context;
  const [locale, t] = [await getLocale(), await getTexts("applications")];
  const preset = await listPreset(initial);
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/applications/" }]}
        title={t("register")}
        description={t("registration.description")}
        actions={<ButtonLink href="/o/applications/templates/">{(await getTexts("templates"))("start")}</ButtonLink>}
      />
      <TextsProvider texts={browserTexts(locale, formNamespaces)}>
        <KeptForm place={formPlaces.newApplication}>
          <NewApplicationForm
            // Another link fills the form in again.
            key={query}
            action={submitRegistration}
            csrf={await getCsrfToken()}
            initial={initial}
            reader={reader}
            template={template}
            preset={preset.length > 0 ? t("registration.preset", { settings: formatList(preset, locale) }) : null}
            allowHttp={settings.allowHttpRedirectUris}
            knownSchemes={settings.privateUriSchemes}
            privateSchemes={grantsPrivileges ? "any" : listPrivateSchemes({ settings }, null)}
            allSettingsHref={`${registerPath}all-settings/${query && `?${query}`}`}
            cancelHref="/o/applications/"
          />
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}

/** What a link has set beside the three questions, in words. */
async function listPreset(initial: ApplicationValues): Promise<string[]> {
  const [settings, form] = [await getTexts("applicationSettings"), await getTexts("applicationForm")];
  const common = newApplicationValues(findKind(initial.kind) ?? "web", initial);
  const others = { ...common, redirects_before_sign_in: initial.redirects_before_sign_in };
  const changed = fieldNames.filter((field) => String(initial[field]) !== String(others[field]));
  return changed.flatMap((field) => {
    const name = toSettingName(field);
    if (name === "allowedScopes") return [form("scopes.label")];
    return name && isLabelled(name) ? [settings(`fields.${name}.label`)] : [];
  });
}
