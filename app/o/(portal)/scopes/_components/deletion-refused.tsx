import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { ApplicationNames, countApplications } from "../../_components/application-names";

/** Why a scope can't be deleted, and what has to be done first. */
export function DeletionRefused({ scope, cancelHref }: { scope: ScopeDetails; cancelHref: string }) {
  const { name, dependents } = scope;
  const back = <ButtonLink href={cancelHref}>Back to the scope</ButtonLink>;
  if (name === introspectionScope) {
    return (
      <Alert tone="info" title="This scope can't be deleted" actions={back}>
        This server checks for it when a token is introspected.
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title="Some applications depend on it" actions={back}>
      <div className="grid gap-2">
        <p>
          It is the only scope in the list of {countApplications(dependents.count)}. An empty list would mean every
          scope that isn't restricted, so give them another scope first.
        </p>
        <p>
          <ApplicationNames applications={dependents} subPath="update/" />
        </p>
      </div>
    </Alert>
  );
}
