import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { scopePath } from "@/lib/http/paths";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";
import type { ScopeUsage } from "@/lib/services/scopes/list-scope-usage";
import { nameList } from "../../_components/name-list";

/** With more names than this, their number says more. */
const shownApis = 3;

export interface ScopesTableProps {
  rows: readonly ScopeUsage[];
  /** Whether the reader may change scopes: their names lead to the form. */
  changeable: boolean;
}

/** One page of the list of scopes, with where each is used. */
export async function ScopesTable({ rows, changeable }: ScopesTableProps) {
  const t = await getTexts("scopes");
  const columns: Column<ScopeUsage>[] = [
    {
      header: t("columns.scope"),
      rowHeader: true,
      cell: ({ name, description }) => (
        <span className="grid gap-0.5">
          {changeable ? (
            <TextLink href={scopePath("update", name)} className="w-fit font-mono text-[0.8125rem] break-all">
              {name}
            </TextLink>
          ) : (
            <span className="font-mono text-[0.8125rem] break-all">{name}</span>
          )}
          <span className="font-normal wrap-anywhere text-muted">{description}</span>
        </span>
      ),
    },
    { header: t("columns.access"), cell: (scope) => <ScopeBadges scope={scope} /> },
    { header: t("columns.apis"), cell: ({ apiNames }) => <ApiNames names={apiNames} /> },
    { header: t("columns.applications"), cell: (scope) => <Applications usage={scope} /> },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={rows} rowKey={({ name }) => name} />;
}

async function ScopeBadges({
  scope: { isDefault, isRestricted },
}: {
  scope: Pick<Scope, "isDefault" | "isRestricted">;
}) {
  const t = await getTexts("scopes");
  return (
    <span className="flex flex-wrap gap-1.5">
      {isDefault && <Badge tone="accent">{t("access.default")}</Badge>}
      {isRestricted && <Badge tone="warning">{t("access.restricted")}</Badge>}
      {!isDefault && !isRestricted && <span className="text-muted">{t("access.onRequest")}</span>}
    </span>
  );
}

async function ApiNames({ names }: { names: readonly string[] }) {
  const t = await getTexts("scopes");
  const shown = nameList(await getLocale()).format(names.slice(0, shownApis));
  const count = names.length - shownApis;
  return (
    <span className="wrap-anywhere">
      {count > 0 ? t("cells.someApis", { names: shown, count }) : shown || t("cells.noApis")}
    </span>
  );
}

/** Who may request it: unless it is restricted, any application without its own list or that registered itself. */
async function Applications({ usage }: { usage: Pick<ScopeUsage, "applicationCount" | "isRestricted"> }) {
  const [t, shared] = [await getTexts("scopes"), await getTexts("console")];
  const count = usage.applicationCount;
  if (usage.isRestricted) return shared("applications.count", { count });
  return count === 0 ? t("cells.any") : t("cells.anyNamedBy", { count });
}
