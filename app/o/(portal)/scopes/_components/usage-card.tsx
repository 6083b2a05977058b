import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";
import { countApplications } from "../../_components/application-names";

/** Where a scope is used. */
export function UsageCard({ scope }: { scope: ScopeDetails }) {
  const { apis } = scope;
  return (
    <Card title="Where it is used">
      <KeyValueList
        items={[
          {
            label: "APIs",
            value:
              apis.length === 0 ? (
                "No API uses it."
              ) : (
                <span className="flex flex-wrap gap-x-3">
                  {apis.map(({ id, name }) => (
                    <TextLink key={id} href={`/o/apis/${id}/`}>
                      {name}
                    </TextLink>
                  ))}
                </span>
              ),
          },
          {
            label: "Applications",
            value: describeApplications(scope),
          },
        ]}
      />
    </Card>
  );
}

function describeApplications({ applications: { count }, isRestricted }: ScopeDetails): string {
  const naming = `${countApplications(count)} ${count === 1 ? "names" : "name"} it`;
  if (isRestricted) return `${naming}.`;
  return count === 0
    ? "Any application may request it, unless people registered it with its own list of allowed scopes."
    : `${naming}; applications without a list of their own, and those that registered themselves, may request it too.`;
}
