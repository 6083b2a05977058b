import type { ListFilter } from "@/components/list/list-filters";
import { type ListQuery, readListQuery } from "@/components/list/list-query";
import { getTexts } from "@/lib/messages/request-locale";
import { applicationKinds } from "@/lib/oauth/ports/client-choices";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { applicationFilters, applicationSorts } from "@/lib/services/applications/manage/application-list";
import { grantTypeChoices, labelGrantType } from "../grant-types";

export interface Reader {
  /** Whether all applications are listed, not only the reader's own. */
  seesAll: boolean;
  /** Of the user; null if it is none. */
  id: string | null;
}

/** What the address of the list asks for; its export reads the same. */
export function readApplicationsQuery(params: Parameters<typeof readListQuery>[0]) {
  return readListQuery(params, { sorts: applicationSorts, filters: { ...applicationFilters, owner: null } });
}

/** `ownerName`: of the first row, in case only one owner's are shown. */
export async function toFilters(reader: Reader, query: ListQuery, ownerName: string | null): Promise<ListFilter[]> {
  const t = await getTexts("applicationList");
  const statuses = await getTexts("applications");
  const settings = await getTexts("applicationSettings");
  const filters: ListFilter[] = [
    {
      name: "status",
      label: t("filters.status"),
      options: [
        { value: "", label: t("filters.allStatuses") },
        { value: "active", label: statuses("status.active") },
        { value: "disabled", label: statuses("status.disabled") },
      ],
    },
    {
      name: "kind",
      label: t("filters.kind"),
      options: [
        { value: "", label: t("filters.allKinds") },
        ...applicationKinds.map((value) => ({ value, label: settings(`kinds.${value}.label`) })),
        { value: "none", label: t("filters.noKind") },
      ],
    },
    {
      name: "grant",
      label: t("filters.grant"),
      options: [
        { value: "", label: t("filters.allGrants") },
        ...grantTypeChoices.map((value) => ({ value, label: labelGrantType(value, settings) })),
      ],
    },
    {
      name: "use",
      label: t("filters.use"),
      options: [
        { value: "", label: t("filters.allUses") },
        { value: "never", label: t("filters.never") },
      ],
    },
    {
      name: "secret",
      label: t("filters.secret"),
      options: [
        { value: "", label: t("filters.allSecrets") },
        { value: "soon", label: t("filters.soon") },
        { value: "expired", label: t("filters.expired") },
      ],
    },
  ];
  if (!reader.seesAll) return filters;
  const { owner = "" } = query.filters;
  const another = isUuid(owner) && owner !== reader.id;
  const options = [
    { value: "", label: t("filters.allOwners") },
    ...(reader.id === null ? [] : [{ value: reader.id, label: t("filters.mine") }]),
    { value: "none", label: t("filters.noOwner") },
    // The page of a user leads here.
    ...(another ? [{ value: owner, label: ownerName ?? t("filters.anotherOwner") }] : []),
  ];
  return [...filters, { name: "owner", label: t("filters.owner"), options }];
}
