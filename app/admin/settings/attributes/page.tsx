import { Plus, Tags } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { List } from "@/components/list/list";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { attributePath, attributesPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import { getTexts } from "@/lib/messages/request-locale";
import { listAttributes } from "@/lib/services/attributes/list-attributes";
import { can } from "@/lib/services/context";
import { describeHolders } from "./_components/describe-holders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("attributes");
  return { title: t("title") };
}

export default async function AttributesPage() {
  await requirePortalPage("settings:read", attributesPath);
  const { attributes, changeable } = await loadPage(attributesPath, async (context) => ({
    attributes: await listAttributes(context),
    changeable: can(context.actor, "settings:write"),
  }));
  const t = await getTexts("attributes");
  const deleted = await readNotice("/admin/settings/attributes", ["deleted"]);
  const create = changeable && (
    <ButtonLink href={`${attributesPath}create/`} variant="primary" icon={<Plus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  return (
    <PortalShell current={attributesPath}>
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <div className="grid grid-cols-1 gap-4">
        {deleted && (
          <Alert tone="success" announce>
            {t("deletion.done")}
          </Alert>
        )}
        <List
          path={attributesPath}
          query={readListQuery({})}
          caption={t("title")}
          rows={attributes}
          rowKey={({ id }) => id}
          next={null}
          count={{ value: attributes.length, exact: true }}
          columns={[
            {
              header: t("name"),
              rowHeader: true,
              href: ({ id }) => attributePath(id),
              cell: ({ name }) => <bdi className="truncate">{name}</bdi>,
            },
            {
              header: t("type"),
              narrow: true,
              showFrom: "medium",
              cell: ({ type }) => <span className="text-muted">{t(`types.${type}.label`)}</span>,
            },
            {
              header: t("access"),
              narrow: true,
              showFrom: "wide",
              cell: ({ userAccess }) => <span className="text-muted">{t(`accesses.${userAccess}.label`)}</span>,
            },
            {
              header: t("claim"),
              showFrom: "medium",
              cell: ({ claimName, scopeName }) =>
                claimName && scopeName ? (
                  <code dir="ltr" className="font-mono text-note">
                    {claimName} <span className="text-muted">({scopeName})</span>
                  </code>
                ) : (
                  <span className="text-muted">{t("notShared")}</span>
                ),
            },
            {
              header: t("holders"),
              narrow: true,
              align: "end",
              cell: ({ users }) => <span className="tabular-nums">{describeHolders(t, users)}</span>,
            },
          ]}
          empty={
            <EmptyState
              icon={<Tags aria-hidden />}
              title={t("empty.title")}
              description={create && t("empty.description")}
              action={create}
            />
          }
        />
      </div>
    </PortalShell>
  );
}
