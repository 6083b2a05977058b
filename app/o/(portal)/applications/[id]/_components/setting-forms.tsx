import { KeptForm } from "@/app/_components/form/kept-form";
import { TextsProvider } from "@/components/texts/texts-provider";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { applicationPath } from "@/lib/http/paths";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getLocale } from "@/lib/messages/request-locale";
import { listPrivateSchemes } from "@/lib/services/applications/settings/permit-fields";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { toApplicationValues } from "../../_components/form/application-values";
import { formNamespaces } from "../../_components/form/form-namespaces";
import { toScopeChoices } from "../../_components/form/scope-choices";
import { isUnchanged, isUncommon } from "../../_components/sections/folded-sections";
import { SettingSectionForm } from "../../_components/sections/setting-section-form";
import { fieldsOfSection, type SettingSection, settingSections } from "../../_components/sections/setting-sections";
import { submitSection } from "../../actions";
import { sectionPlace } from "./application-tabs";
import type { LoadedApplication } from "./load-application";
import { PrivilegesNotice } from "./privilege-alerts";

export interface SettingFormsProps {
  loaded: LoadedApplication;
  sections: readonly SettingSection[];
}

/** Sections of an application's settings, each a form of its own, for those who may change it. */
export async function SettingForms({ loaded: { application, context }, sections }: SettingFormsProps) {
  const { id } = application;
  const scopes = await listScopes(context);
  const grantsPrivileges = can(context.actor, "applications:grant_privileges");
  const saved = await readNotice(`/o/applications/${id}`, settingSections);
  const stored = toApplicationValues(application);
  const settings = {
    csrf: await getCsrfToken(),
    wholeForm: applicationPath(id, "update/"),
    stored,
    scopes: toScopeChoices(scopes, { grantsPrivileges, allowed: application.allowedScopes }),
    allowHttp: context.settings.allowHttpRedirectUris,
    knownSchemes: context.settings.privateUriSchemes,
    privateSchemes: listPrivateSchemes(context, application),
    grantsPrivileges,
    locksProfile: application.securityProfileLocked && !grantsPrivileges,
    registeredItself: application.registeredDynamically,
  };
  return (
    <TextsProvider texts={browserTexts(await getLocale(), [...formNamespaces, "applicationSections", "controls"])}>
      {!grantsPrivileges && (
        <PrivilegesNotice
          application={application}
          restrictedScopes={scopes
            .filter(({ name, isRestricted }) => isRestricted && application.allowedScopes.includes(name))
            .map(({ name }) => name)}
        />
      )}
      {sections.map((section) => (
        // What was saved fills the form in again, and what is typed in other sections stays.
        <KeptForm
          key={`${section} ${JSON.stringify(fieldsOfSection(section).map((name) => stored[name]))}`}
          place={sectionPlace(id, section)}
        >
          <SettingSectionForm
            section={section}
            action={submitSection.bind(null, id, section)}
            settings={settings}
            saved={saved === section}
            folded={isUncommon(section) && isUnchanged(section, stored)}
          />
        </KeptForm>
      ))}
    </TextsProvider>
  );
}
