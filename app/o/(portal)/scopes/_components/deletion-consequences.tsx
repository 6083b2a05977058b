import { Alert } from "@/components/ui/alert";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { sampleScopes } from "@/lib/services/scopes/scope-schema";
import { ApplicationNames, countApplications } from "../../_components/application-names";
import { DeletionImpact, type Loss } from "../../_components/deletion-impact";

/** What is lost together with a scope. */
export function DeletionConsequences({ scope }: { scope: ScopeDetails }) {
  const { name, applications, apis, isOnlyDefault } = scope;
  const emptied = apis.filter(({ isOnlyScope }) => isOnlyScope).map((api) => api.name);
  return (
    <>
      <DeletionImpact
        items={[
          describeApplications(scope),
          {
            count: apis.length === 1 ? "1 API" : `${apis.length} APIs`,
            text: "understood it. New tokens for them no longer carry it.",
          },
        ]}
      />
      {applications.count > 0 && (
        <p className="text-pretty">
          Named by <ApplicationNames applications={applications} />.
        </p>
      )}
      <p className="text-pretty">
        Users who allowed it are asked again if a scope with this name is created later. Tokens that carry it are not
        revoked: they keep it until they expire, refreshed ones too. To end them at once, disable their applications.
      </p>
      {isOnlyDefault && (
        <Alert tone="warning" title="This is the last default scope">
          Without one, requests that name no scope will be refused.
        </Alert>
      )}
      {emptied.length > 0 && (
        <Alert tone="warning" title="It is all that some APIs understand">
          No token can be issued for {emptied.join(", ")} until you choose another scope there.
        </Alert>
      )}
      {sampleScopes.includes(name) && (
        <Alert tone="warning" title="This scope is built in">
          The sample API and the examples in the documentation use it and stop working without it.
        </Alert>
      )}
    </>
  );
}

function describeApplications({ applications, isRestricted }: ScopeDetails): Loss {
  if (isRestricted || applications.count > 0) {
    const count = countApplications(applications.count);
    return { count, text: "listed it among their allowed scopes. It is removed from each list." };
  }
  return {
    count: "Any application",
    text: "without a list of its own, or that registered itself, may request it. No list contains it.",
  };
}
