import type { Metadata } from "next";
import { cache } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { DeleteCard } from "@/app/o/(portal)/_components/delete-card";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { attributePath, attributesPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { isForData } from "@/lib/services/attributes/attribute-schema";
import { getAttribute } from "@/lib/services/attributes/list-attributes";
import { can, requirePermission } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { AttributeFacts } from "../_components/attribute-facts";
import { AccessField, ClaimFields, NameField } from "../_components/attribute-fields";
import { attributeSections } from "../_components/read-attribute";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const load = cache((id: string) =>
  loadPage(attributePath(id), async (context) => {
    requirePermission(context, "settings:read");
    const [attribute, scopes] = await Promise.all([getAttribute(context, { id }), listScopes(context)]);
    return {
      attribute,
      scopes: scopes.filter(({ name }) => isForData(name)),
      changeable: can(context.actor, "settings:write"),
    };
  }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { attribute } = await load((await params).id);
  return { title: attribute.name };
}

export default async function AttributePage({ params, searchParams }: Props) {
  const { id } = await params;
  const { attribute, scopes, changeable } = await load(id);
  const page = `/admin/settings/attributes/${id}`;
  const asked = readOne(await searchParams, "rejected");
  const rejected = attributeSections.some((name) => name === asked) ? await readFormFlash(page) : null;
  const notice = rejected ? null : await readNotice(page, ["created", ...attributeSections]);
  const csrf = await getCsrfToken();
  const t = await getTexts("attributes");
  const section = (name: (typeof attributeSections)[number]) => ({
    form: {
      id: name,
      title: t(`sections.${name}.title`),
      description: t(`sections.${name}.description`),
      action: `${attributePath(id)}submit`,
      csrf,
      fields: { section: name },
      saved: notice === name,
      rejected: asked === name && rejected !== null,
    },
    fields: { attribute, rejected: asked === name ? rejected : null },
  });
  const [definition, access, claim] = [section("definition"), section("access"), section("claim")];
  return (
    <PortalShell current={attributesPath}>
      <PageHeader breadcrumbs={[{ label: t("title"), href: attributesPath }]} title={<bdi>{attribute.name}</bdi>} />
      <div className="grid grid-cols-1 gap-6">
        {notice === "created" && (
          <Alert tone="success" announce>
            {t("create.done")}
          </Alert>
        )}
        {attribute.claimName !== null && attribute.scopeName === null && <Alert tone="warning">{t("scopeGone")}</Alert>}
        <AttributeFacts attribute={attribute} changeable={changeable} />
        {changeable && (
          <>
            <SectionForm {...definition.form}>
              <NameField {...definition.fields} />
            </SectionForm>
            <SectionForm {...access.form}>
              <AccessField {...access.fields} />
            </SectionForm>
            <SectionForm {...claim.form}>
              <ClaimFields {...claim.fields} scopes={scopes} />
            </SectionForm>
            <DeleteCard
              title={t("deletion.card.title")}
              description={t("deletion.card.description")}
              href={`${attributePath(id)}delete/`}
              label={t("deletion.card.label")}
            />
          </>
        )}
      </div>
    </PortalShell>
  );
}
