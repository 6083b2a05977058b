import { ButtonLink } from "@/components/ui/button";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import { DangerRow, DangerZone } from "../../../_components/danger-zone";
import { DisableForm } from "./disable-form";

export interface DangerCardProps {
  application: Pick<ApplicationDetails, "id" | "disabled" | "disabledByAdministrator">;
  /** All applications, including what an administrator disabled. */
  managesAllApplications: boolean;
  csrf: string;
}

/** Disables or deletes an application. */
export async function DangerCard({ application, managesAllApplications, csrf }: DangerCardProps) {
  const t = await getTexts("applications");
  const { id, disabled, disabledByAdministrator } = application;
  return (
    <DangerZone>
      {!disabled && (
        <DangerRow title={t("danger.disable.title")} description={t("danger.disable.description")}>
          <ButtonLink href={`${applicationPath(id)}disable/`} variant="danger-quiet">
            {t("danger.disable.label")}
          </ButtonLink>
        </DangerRow>
      )}
      {disabled && disabledByAdministrator && !managesAllApplications && (
        <DangerRow
          title={t("danger.disabledByAdministrator.title")}
          description={t("danger.disabledByAdministrator.description")}
        />
      )}
      {disabled && (managesAllApplications || !disabledByAdministrator) && (
        <DangerRow title={t("danger.enable.title")} description={t("danger.enable.description")}>
          <DisableForm applicationId={id} csrf={csrf} disable={false} label={t("danger.enable.label")} />
        </DangerRow>
      )}
      {disabled && managesAllApplications && !disabledByAdministrator && (
        <DangerRow title={t("danger.keepDisabled.title")} description={t("danger.keepDisabled.description")}>
          <DisableForm applicationId={id} csrf={csrf} disable label={t("danger.keepDisabled.label")} />
        </DangerRow>
      )}
      <DangerRow title={t("danger.delete.title")} description={t("danger.delete.description")}>
        <ButtonLink href={`${applicationPath(id)}delete/`} variant="danger-quiet">
          {t("danger.delete.label")}
        </ButtonLink>
      </DangerRow>
    </DangerZone>
  );
}
