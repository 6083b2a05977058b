import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { applicationPath } from "@/lib/http/secret-flash";
import { DangerRow, DangerZone } from "../../../_components/danger-zone";

export interface DangerCardProps {
  applicationId: string;
  disabled: boolean;
  csrf: string;
}

/** Where an application is stopped for a while, or for good. */
export function DangerCard({ applicationId, disabled, csrf }: DangerCardProps) {
  const path = applicationPath(applicationId);
  return (
    <DangerZone>
      <DangerRow
        title={disabled ? "Enable this application" : "Disable this application"}
        description={
          disabled
            ? "It may sign people in again, and its tokens that have not expired work again."
            : "At once nobody can sign in with it and all its tokens are refused, until it is enabled again."
        }
      >
        <NativeForm action={`${path}disable/submit`} csrf={csrf} className="grid">
          <input type="hidden" name="disabled" value={disabled ? "false" : "true"} />
          <Button type="submit" variant={disabled ? "secondary" : "danger-quiet"}>
            {disabled ? "Enable application" : "Disable application"}
          </Button>
        </NativeForm>
      </DangerRow>
      <DangerRow
        title="Delete this application"
        description="With its secrets, consents and tokens. The next page says how many; nothing is deleted before."
      >
        <ButtonLink href={`${path}delete/`} variant="danger-quiet">
          Delete application…
        </ButtonLink>
      </DangerRow>
    </DangerZone>
  );
}
