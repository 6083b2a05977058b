import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { getAuthorization } from "@/lib/services/authorizations/list-authorizations";
import { DangerForm, DangerPage } from "../../../_components/danger-page";
import { AllowedScopes } from "../../_components/allowed-scopes";
import { localizeAuthorizations } from "../../_components/localize-authorizations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("authorizations");
  return { title: t("revocation.documentTitle") };
}

export default async function RevokeAuthorizationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `/o/authorized_tokens/${id}/delete/`;
  const found = await loadPage(path, (context) => getAuthorization(context, { applicationId: id }));
  const [{ name, scopes } = found] = await localizeAuthorizations([found]);
  const t = await getTexts("authorizations");
  return (
    <DangerPage
      current="/o/authorized_tokens/"
      breadcrumbs={[{ label: t("title"), href: "/o/authorized_tokens/" }]}
      title={t.rich("revocation.title", { name, bdi })}
      description={t("revocation.explanation")}
      heading={t("revocation.heading", { name })}
    >
      <AllowedScopes scopes={scopes} />
      <DangerForm action={`${path}submit`} label={t("revoke")} cancelHref="/o/authorized_tokens/" />
    </DangerPage>
  );
}
