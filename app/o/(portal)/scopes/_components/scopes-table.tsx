import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { scopePath } from "@/lib/http/paths";
import type { Scope } from "@/lib/oauth/ports/types";
import type { ScopeUsage } from "@/lib/services/scopes/list-scope-usage";
import { countApplications } from "../../_components/application-names";

/** With more names than this, their number says more. */
const shownApis = 3;

const columns: Column<ScopeUsage>[] = [
  {
    header: "Scope",
    rowHeader: true,
    cell: ({ name, description }) => (
      <span className="grid gap-0.5">
        <TextLink href={scopePath("update", name)} className="w-fit font-mono text-[0.8125rem] break-all">
          {name}
        </TextLink>
        <span className="font-normal wrap-anywhere text-muted">{description}</span>
      </span>
    ),
  },
  { header: "Who gets it", cell: (scope) => <ScopeBadges scope={scope} /> },
  { header: "APIs", cell: ({ apiNames }) => <span className="wrap-anywhere">{nameApis(apiNames)}</span> },
  { header: "Applications", cell: (scope) => nameApplications(scope) },
];

/** One page of the list of scopes, with where each is used. */
export function ScopesTable({ rows }: { rows: readonly ScopeUsage[] }) {
  return <DataTable caption="Scopes" columns={columns} rows={rows} rowKey={({ name }) => name} />;
}

function ScopeBadges({ scope: { isDefault, isRestricted } }: { scope: Pick<Scope, "isDefault" | "isRestricted"> }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {isDefault && <Badge tone="accent">Default</Badge>}
      {isRestricted && <Badge tone="warning">Restricted</Badge>}
      {!isDefault && !isRestricted && <span className="text-muted">On request</span>}
    </span>
  );
}

function nameApis(names: readonly string[]): string {
  if (names.length === 0) return "None";
  const rest = names.length - shownApis;
  return rest > 0 ? `${names.slice(0, shownApis).join(", ")} and ${rest} more` : names.join(", ");
}

/** Who may request it: unless it is restricted, any application without its own list or that registered itself. */
function nameApplications({ applicationCount, isRestricted }: Pick<ScopeUsage, "applicationCount" | "isRestricted">) {
  if (isRestricted) return countApplications(applicationCount);
  return applicationCount === 0 ? "Any" : `Any, named by ${applicationCount}`;
}
