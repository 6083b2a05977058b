import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { registrationTokensPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { requirePermission } from "@/lib/services/context";
import { getInitialAccessToken } from "@/lib/services/registrations/list-initial-access-tokens";
import { DangerForm, DangerPage } from "../../../_components/danger-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("initialAccessTokens");
  return { title: t("revocation.title") };
}

export default async function RevokeTokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `${registrationTokensPath}${id}/revoke/`;
  const token = await loadPage(path, (context) => {
    requirePermission(context, "initial_access_tokens:write");
    return getInitialAccessToken(context, { id });
  });
  const t = await getTexts("initialAccessTokens");
  return (
    <DangerPage
      current={registrationTokensPath}
      breadcrumbs={[{ label: t("title"), href: registrationTokensPath }]}
      title={t.rich("revocation.heading", { label: token.label, bdi })}
      description={t("revocation.description")}
    >
      <KeyValueList
        items={[
          { label: t("columns.uses"), value: t("cells.uses", { uses: token.uses, maximum: token.maximumUses }) },
          { label: t("revocation.created"), value: <AbsoluteTime date={token.createdAt} /> },
          {
            label: t("columns.lastUsed"),
            value: token.lastUsedAt ? <RelativeTime date={token.lastUsedAt} /> : t("cells.neverUsed"),
          },
          { label: t("revocation.registered"), value: t("revocation.registeredStay") },
        ]}
      />
      <DangerForm action={`${path}submit`} label={t("revocation.submit")} cancelHref={registrationTokensPath} />
    </DangerPage>
  );
}
