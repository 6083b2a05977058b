import { MailPlus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { invitationsFlashPath, readInvitationFlash } from "@/lib/http/forms/invitation-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { invitationsPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { findInvited } from "@/lib/services/invitations/find-invited";
import { invitationSorts, invitationStates, listInvitations } from "@/lib/services/invitations/list-invitations";
import { canSendMail } from "@/lib/services/mail/queue-message";
import { InvitationsList } from "./_components/invitations-list";
import { NewLinksCard } from "./_components/new-links-card";
import { ResentOutcome } from "./_components/resent-outcome";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("invitations");
  return { title: t("title") };
}

export default async function InvitationsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, { sorts: invitationSorts, filters: { state: invitationStates } });
  const flash = await readInvitationFlash();
  const { list, links, mayWrite, sendsMail } = await loadPage(invitationsPath, async (context) => ({
    list: await listInvitations(context, query.input),
    links: await findInvited(context, flash),
    mayWrite: can(context.actor, "invitations:write"),
    sendsMail: canSendMail(context.settings),
  }));
  const [csrf, notice] = [
    await getCsrfToken(),
    await readNotice(invitationsFlashPath, ["sent", "resent", "revoked", "gone"] as const),
  ];
  const t = await getTexts("invitations");
  return (
    <PortalShell current={invitationsPath}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          mayWrite && (
            <ButtonLink href={`${invitationsPath}create/`} variant="primary" icon={<MailPlus aria-hidden />}>
              {t("invite")}
            </ButtonLink>
          )
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {notice && <Alert tone={notice === "gone" ? "warning" : "success"} title={t(`notices.${notice}`)} announce />}
        <ResentOutcome />
        {links.length > 0 && <NewLinksCard links={links} csrf={csrf} />}
        <InvitationsList list={list} query={query} csrf={csrf} mayWrite={mayWrite} canSendMail={sendsMail} />
      </div>
    </PortalShell>
  );
}
