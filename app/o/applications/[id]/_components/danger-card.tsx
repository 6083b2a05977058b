import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { applicationPath } from "@/lib/http/secret-flash";

export interface DangerCardProps {
  applicationId: string;
  disabled: boolean;
  csrf: string;
}

/** Where an application is stopped for a while, or for good. */
export function DangerCard({ applicationId, disabled, csrf }: DangerCardProps) {
  const path = applicationPath(applicationId);
  return (
    <Card title="Danger zone" tone="danger" flush>
      <div className="divide-y divide-line">
        <div className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-8 sm:px-5">
          <div className="grid gap-0.5">
            <p className="font-medium">{disabled ? "Enable this application" : "Disable this application"}</p>
            <p className="text-[0.8125rem] text-muted">
              {disabled
                ? "It may sign people in again, and its tokens that have not expired work again."
                : "At once nobody can sign in with it and all its tokens are refused, until it is enabled again."}
            </p>
          </div>
          <NativeForm action={`${path}disable/submit`} csrf={csrf} className="grid shrink-0">
            <input type="hidden" name="disabled" value={disabled ? "false" : "true"} />
            <Button type="submit" variant={disabled ? "secondary" : "danger-quiet"}>
              {disabled ? "Enable application" : "Disable application"}
            </Button>
          </NativeForm>
        </div>
        <div className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-8 sm:px-5">
          <div className="grid gap-0.5">
            <p className="font-medium">Delete this application</p>
            <p className="text-[0.8125rem] text-muted">
              With its secrets, consents and tokens. The next page says how many; nothing is deleted before.
            </p>
          </div>
          <div className="grid shrink-0">
            <ButtonLink href={`${path}delete/`} variant="danger-quiet">
              Delete application…
            </ButtonLink>
          </div>
        </div>
      </div>
    </Card>
  );
}
