import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getCsrfToken } from "@/lib/auth/csrf";
import { applicationPath, languagesPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { LanguagesCard } from "../../../_components/languages-card";
import { ApplicationPage, type TabProps, titleOfTab } from "../_components/application-page";
import { DangerCard } from "../_components/danger-card";
import { loadApplication } from "../_components/load-application";
import { SettingForms } from "../_components/setting-forms";

export function generateMetadata(props: TabProps): Promise<Metadata> {
  return titleOfTab(props, "settings");
}

export default async function SettingsPage({ params }: TabProps) {
  const { id } = await params;
  const loaded = await loadApplication(id, "settings");
  const { application, changeable, managesAllApplications } = loaded;
  const t = await getTexts("applicationPage");
  return (
    <ApplicationPage loaded={loaded} current="settings">
      {changeable && (
        <>
          <SettingForms loaded={loaded} sections={["general", "profile", "requests"]} />
          <Card
            title={t("allSettings.title")}
            description={t("allSettings.description")}
            actions={
              <ButtonLink href={applicationPath(id, "update/")} size="sm" icon={<Pencil aria-hidden />}>
                {t("allSettings.edit")}
              </ButtonLink>
            }
          />
          <LanguagesCard href={languagesPath("application", id)} />
          <DangerCard
            application={application}
            managesAllApplications={managesAllApplications}
            csrf={await getCsrfToken()}
          />
        </>
      )}
    </ApplicationPage>
  );
}
