import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { invitationsPath } from "@/lib/http/paths";
import { readOne, type SearchParams, withQuery } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { describeResending } from "@/lib/services/invitations/resend-invitations";
import { canSendMail } from "@/lib/services/mail/queue-message";
import { readSelection, toListPath } from "../../_components/selection";
import { resending } from "../_components/resending";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("invitations");
  return { title: t("resending.title") };
}

/** Lists whom a message would go to, before the invitations that were selected in the list are sent again. */
export default async function ResendInvitationsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const ids = readSelection(readOne(params, "ids"));
  const { invitations, others, sendsMail } = await loadPage(
    withQuery(`${resending.page}/`, params),
    async (context) => ({
      ...(await describeResending(context, { ids })),
      sendsMail: canSendMail(context.settings),
    }),
  );
  const list = toListPath(invitationsPath, readOne(params, "list"));
  const t = await getTexts("invitations");
  const count = invitations.length;
  const left = others > 0 && t("resending.others", { count: others });
  return (
    <PortalShell current={invitationsPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: list }]}
        title={count > 0 && sendsMail ? t("resending.heading", { count }) : t("resending.title")}
        description={t("resending.description")}
      />
      {!sendsMail && <Refusal title={t("resending.noEmail.title")} text={t("resending.noEmail.text")} list={list} />}
      {sendsMail && count === 0 && <Refusal title={t("resending.nobody")} text={left || null} list={list} />}
      {sendsMail && count > 0 && (
        <Card title={t("resending.recipients")}>
          <NativeForm
            action={`${invitationsPath}bulk/submit`}
            csrf={await getCsrfToken()}
            fields={{ action: "resend", ids: invitations.map(({ id }) => id).join("."), list }}
            className="grid grid-cols-1 gap-5"
          >
            <ul
              aria-label={t("resending.recipients")}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard.
              tabIndex={0}
              className="grid max-h-60 grid-cols-1 gap-1 overflow-y-auto"
            >
              {invitations.map(({ id, email }) => (
                <li key={id} className="min-w-0 wrap-anywhere">
                  <bdi>{email}</bdi>
                </li>
              ))}
            </ul>
            {left && <p className="text-muted">{left}</p>}
            <FormActions>
              <Button type="submit" variant="primary">
                {t("resending.submit")}
              </Button>
              <ButtonLink href={list}>{t("resending.cancel")}</ButtonLink>
            </FormActions>
          </NativeForm>
        </Card>
      )}
    </PortalShell>
  );
}

/** Why nothing can be sent, and the way back. */
async function Refusal({ title, text, list }: { title: string; text: string | null; list: string }) {
  const t = await getTexts("invitations");
  return (
    <div className="grid grid-cols-1 gap-6">
      <Alert tone="info" title={title}>
        {text}
      </Alert>
      <FormActions>
        <ButtonLink href={list}>{t("resending.back")}</ButtonLink>
      </FormActions>
    </div>
  );
}
