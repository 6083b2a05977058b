import { ButtonLink } from "@/components/ui/button";
import { applicationPath } from "@/lib/http/paths";
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
export function DangerCard({ application, managesAllApplications, csrf }: DangerCardProps) {
  const { id, disabled, disabledByAdministrator } = application;
  return (
    <DangerZone>
      {!disabled && (
        <DangerRow
          title="Disable this application"
          description="Users can't sign in with it and all its tokens are refused until it is enabled again. The next page shows how many; nothing is disabled before you confirm."
        >
          <ButtonLink href={`${applicationPath(id)}disable/`} variant="danger-quiet">
            Disable application…
          </ButtonLink>
        </DangerRow>
      )}
      {disabled && disabledByAdministrator && !managesAllApplications && (
        <DangerRow title="Disabled by an administrator" description="Only an administrator can enable it again." />
      )}
      {disabled && (managesAllApplications || !disabledByAdministrator) && (
        <DangerRow
          title="Enable this application"
          description="Users can sign in with it again, and its tokens that haven't expired work again."
        >
          <DisableForm applicationId={id} csrf={csrf} disable={false} label="Enable application" />
        </DangerRow>
      )}
      {disabled && managesAllApplications && !disabledByAdministrator && (
        <DangerRow
          title="Keep this application disabled"
          description="Its owner disabled it and can enable it at any time. After this, only an administrator can."
        >
          <DisableForm applicationId={id} csrf={csrf} disable label="Keep disabled" />
        </DangerRow>
      )}
      <DangerRow
        title="Delete this application"
        description="With its secrets, consents and tokens. The next page shows how many; nothing is deleted before you confirm."
      >
        <ButtonLink href={`${applicationPath(id)}delete/`} variant="danger-quiet">
          Delete application…
        </ButtonLink>
      </DangerRow>
    </DangerZone>
  );
}
