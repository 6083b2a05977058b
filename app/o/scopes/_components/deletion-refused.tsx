import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/secret-flash";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { countApplications } from "./scopes-table";

/** Why a scope can't be deleted, and what has to be done first. */
export function DeletionRefused({ scope, cancelHref }: { scope: ScopeDetails; cancelHref: string }) {
  const { name, dependents, dependentCount } = scope;
  const back = <ButtonLink href={cancelHref}>Back to the scope</ButtonLink>;
  if (name === introspectionScope) {
    return (
      <Alert tone="info" title="This scope can't be deleted" actions={back}>
        The server itself looks for it when someone asks about a token.
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title="Some applications depend on it" actions={back}>
      <div className="grid gap-2">
        <p>
          It is the only scope in the list of {countApplications(dependentCount)}. With an empty list they could ask for
          every scope that isn't restricted, so give them another scope first.
        </p>
        <ul className="grid gap-0.5">
          {dependents.map((application) => (
            <li key={application.id}>
              <TextLink href={`${applicationPath(application.id)}update/`}>{application.name}</TextLink>
            </li>
          ))}
          {dependentCount > dependents.length && <li>and {dependentCount - dependents.length} more</li>}
        </ul>
      </div>
    </Alert>
  );
}
