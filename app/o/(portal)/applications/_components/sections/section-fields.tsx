import type { ReactNode } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { SelectField, TextField } from "@/components/ui/field";
import { applicationKinds } from "@/lib/oauth/ports/client-choices";
import { ClientAuthenticationFields } from "../fields/client-authentication-fields";
import { FieldStack } from "../fields/field-stack";
import type { FormControls } from "../fields/form-controls";
import { GrantFields } from "../fields/grant-fields";
import { AllowedOriginsField, AllowedScopesField } from "../fields/permission-fields";
import { RedirectUrisField } from "../fields/redirect-uris-field";
import { RequestFields } from "../fields/request-fields";
import { SecurityProfileFields } from "../fields/security-profile-fields";
import { SettingFields } from "../fields/setting-field";
import { SubjectTypeField } from "../fields/sign-in-fields";
import type { SectionSettings } from "./section-settings";
import type { SettingSection } from "./setting-sections";

export interface SectionFieldsProps {
  section: SettingSection;
  form: FormControls;
  settings: SectionSettings;
}

/** The fields of one section, as in the whole form. */
export function SectionFields({ section, form, settings }: SectionFieldsProps) {
  switch (section) {
    case "general":
      return (
        <Columns>
          <GeneralFields {...form} />
        </Columns>
      );
    case "profile":
      return <SecurityProfileFields form={form} locked={settings.locksProfile} />;
    case "grants":
      return (
        <FieldStack>
          <GrantFields {...form} columns={2} />
        </FieldStack>
      );
    case "authentication":
      return (
        <FieldStack>
          <ClientAuthenticationFields {...form} />
        </FieldStack>
      );
    case "permissions":
      return (
        <FieldStack>
          <AllowedScopesField form={form} scopes={settings.scopes} registeredItself={settings.registeredItself} />
          <SettingFields form={form} group="permissions" />
        </FieldStack>
      );
    case "origins":
      return <AllowedOriginsField form={form} />;
    case "requests":
      return (
        <FieldStack>
          <RequestFields form={form} />
        </FieldStack>
      );
    case "redirectUris":
      return (
        <RedirectUrisField
          field={form.field("redirect_uris")}
          initial={form.initial.redirect_uris}
          error={form.errorOf("redirect_uris")}
          policy={form.policy}
          knownSchemes={settings.knownSchemes}
        />
      );
    case "signIn":
      return (
        <>
          <FieldStack>
            <SubjectTypeField form={form} />
          </FieldStack>
          <Columns>
            <SettingFields form={form} group="sign_in" />
            <SettingFields form={form} group="application" />
          </Columns>
        </>
      );
    case "signOut":
      return (
        <Columns>
          <SettingFields form={form} group="sign_out" />
        </Columns>
      );
  }
}

function GeneralFields({ initial, field, errorOf }: FormControls) {
  const t = useTexts("applicationForm");
  const settingTexts = useTexts("applicationSettings");
  return (
    <>
      <TextField
        {...field("name")}
        id="name"
        label={t("application.name")}
        defaultValue={initial.name}
        error={errorOf("name")}
        required
        autoComplete="off"
      />
      <SelectField
        id="kind"
        name="kind"
        label={t("kind.label")}
        options={[
          ...(initial.kind === "" ? [{ value: "", label: "–" }] : []),
          ...applicationKinds.map((value) => ({ value, label: settingTexts(`kinds.${value}.label`) })),
        ]}
        defaultValue={initial.kind}
        error={errorOf("kind")}
      />
    </>
  );
}

/** Short fields beside each other, each with room for an error. */
function Columns({ children }: { children: ReactNode }) {
  return (
    <div className="-mb-3.5 grid min-w-0 grid-cols-1 items-start gap-x-8 gap-y-2 lg:grid-cols-2 [&_[aria-live=polite]]:min-h-[1.375rem] [&_[aria-live=polite]:empty]:mt-0">
      {children}
    </div>
  );
}
