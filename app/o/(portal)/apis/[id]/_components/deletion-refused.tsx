import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { getTexts } from "@/lib/messages/request-locale";
import type { NamedApplications } from "@/lib/services/applications/name-applications";
import { ApplicationNames } from "../../../_components/application-names";

export interface DeletionRefusedProps {
  dependents: NamedApplications;
  cancelHref: string;
}

/** Why an API can't be deleted, and what has to be done first. */
export async function DeletionRefused({ dependents, cancelHref }: DeletionRefusedProps) {
  const t = await getTexts("apis");
  return (
    <Alert
      tone="warning"
      title={t("deletion.refusal.title", { count: dependents.count })}
      actions={<ButtonLink href={cancelHref}>{t("deletion.refusal.back")}</ButtonLink>}
    >
      <div className="grid gap-2">
        <p>
          {t.rich("deletion.refusal.applications", {
            names: () => <ApplicationNames applications={dependents} subPath="update/" />,
          })}
        </p>
        <p>{t("deletion.refusal.advice")}</p>
      </div>
    </Alert>
  );
}
