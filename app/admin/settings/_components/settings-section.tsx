import type { ReactNode } from "react";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { FormFlash } from "@/lib/http/forms/form-flash";
import { getTexts } from "@/lib/messages/request-locale";
import type { SettingValue } from "@/lib/services/settings/get-settings";
import type { SettingsSection as Section } from "@/lib/services/settings/saved-settings";
import { SettingField } from "./setting-field";

export interface SettingsSectionProps {
  section: Section;
  settings: readonly SettingValue[];
  mayWrite: boolean;
  csrf: string;
  /** Of this section, if it was just rejected or saved. */
  flash: FormFlash | null;
  saved: boolean;
  action: string;
  children?: ReactNode;
}

/** One section of the settings with its fields, or only their values for someone who may not change them. */
export async function SettingsSection(props: SettingsSectionProps) {
  const { section, settings, mayWrite, csrf, flash, saved, action, children } = props;
  const t = await getTexts("settings");
  const [title, description] = [t(`sections.${section}.title`), t(`sections.${section}.description`)];
  const fields = settings.map((setting) => (
    <SettingField
      key={setting.name}
      setting={setting}
      typed={flash?.values[setting.name]}
      errors={flash?.fieldErrors[setting.name]}
      mayWrite={mayWrite}
    />
  ));
  const rows = <div className="fields sm:grid-cols-2">{fields}</div>;
  if (!mayWrite || settings.every(({ source }) => source === "environment")) {
    return (
      <Card title={title} description={description}>
        {rows}
      </Card>
    );
  }
  return (
    <SectionForm
      id={section}
      title={title}
      description={description}
      action={action}
      csrf={csrf}
      fields={{ section }}
      saved={saved}
      rejected={flash !== null}
    >
      {flash && <Alert tone="danger" title={t("rejected")} announce />}
      {rows}
      {children}
    </SectionForm>
  );
}
