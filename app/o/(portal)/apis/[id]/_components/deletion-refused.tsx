import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { NamedApplications } from "@/lib/services/applications/name-applications";
import { ApplicationNames, countApplications } from "../../../_components/application-names";

/** Why an API can't be deleted, and what has to be done first. */
export function DeletionRefused({ dependents, cancelHref }: { dependents: NamedApplications; cancelHref: string }) {
  return (
    <Alert
      tone="warning"
      title={`${countApplications(dependents.count)} ${dependents.count === 1 ? "depends" : "depend"} on it`}
      actions={<ButtonLink href={cancelHref}>Back to the API</ButtonLink>}
    >
      <div className="grid gap-2">
        <p>
          It is the default API of <ApplicationNames applications={dependents} subPath="update/" />.
        </p>
        <p>Without it their tokens would be valid everywhere. First choose another default API for them, or none.</p>
      </div>
    </Alert>
  );
}
