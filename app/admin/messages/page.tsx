import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { messageKinds } from "@/lib/mail/message-values";
import { getTexts } from "@/lib/messages/request-locale";
import { listMessages, messageStates } from "@/lib/services/mail/list-messages";
import { MessagesList } from "./_components/messages-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("mailRecord");
  return { title: t("title") };
}

export default async function MessagesPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, {
    sorts: ["created"],
    filters: { state: messageStates, kind: messageKinds },
  });
  const { list, isConfigured } = await loadPage("/admin/messages/", async (context) => ({
    list: await listMessages(context, query.input),
    isConfigured: context.settings.mail !== null,
  }));
  const t = await getTexts("mailRecord");
  return (
    <PortalShell current="/admin/messages/">
      <PageHeader title={t("title")} description={t("description")} />
      <MessagesList list={list} query={query} isConfigured={isConfigured} />
    </PortalShell>
  );
}
