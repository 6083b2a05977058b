import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { TextsProvider } from "@/components/texts/texts-provider";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import { invitationsPath } from "@/lib/http/paths";
import { requirePortalPage } from "@/lib/http/portal-page";
import { browserTexts } from "@/lib/messages/browser-texts";
import { defaultLocale, isOfferedLocale, localeNames, offeredLocales } from "@/lib/messages/locales";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { listGroups } from "@/lib/services/groups/list-groups";
import { canSendMail } from "@/lib/services/mail/queue-message";
import { InvitationForm } from "../_components/invitation-form";
import { submitInvitations } from "../actions";

/** In days. */
const lifetimes = [1, 3, 7, 14, 30];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("invitations");
  return { title: t("create.title") };
}

export default async function CreateInvitationsPage() {
  const context = await requirePortalPage("invitations:write", `${invitationsPath}create/`);
  const sendsMail = canSendMail(context.settings);
  const mayChoose = can(context.actor, "groups:write") && can(context.actor, "groups:read");
  const groups = mayChoose ? (await listGroups(context)).groups : [];
  const [locale, t] = [await getLocale(), await getTexts("invitations")];
  return (
    <PortalShell current={invitationsPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: invitationsPath }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <TextsProvider texts={browserTexts(locale, ["invitationForm"])}>
        <KeptForm place={formPlaces.invitations}>
          <InvitationForm
            action={submitInvitations}
            csrf={await getCsrfToken()}
            initial={{
              emails: "",
              locale: isOfferedLocale(locale) ? locale : defaultLocale,
              expires_in_days: "7",
              delivery: sendsMail ? "email" : "copy",
              group_ids: [],
            }}
            groups={groups.map(({ id, name, description }) => ({ id, name, description }))}
            lifetimes={lifetimes.map((days) => ({ value: String(days), label: t("create.lifetime", { days }) }))}
            languages={offeredLocales.map((value) => ({ value, label: localeNames[value] }))}
            canSendMail={sendsMail}
            cancelHref={invitationsPath}
          />
        </KeptForm>
      </TextsProvider>
    </PortalShell>
  );
}
