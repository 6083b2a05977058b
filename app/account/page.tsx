import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import { readAccountNotice } from "@/lib/http/pages/account-notice";
import { signInPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getOwnAttributes } from "@/lib/services/attributes/own-attributes";
import { can, userActor } from "@/lib/services/context";
import { listSessions } from "@/lib/services/sessions/list-sessions";
import { getProfile } from "@/lib/services/users/get-profile";
import { AttributesCard } from "./_components/attributes-card";
import { PasswordCard } from "./_components/password-card";
import { ProfileCard } from "./_components/profile-card";
import { SessionsCard } from "./_components/sessions-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("account");
  return { title: t("title") };
}

export default async function AccountPage({ searchParams }: { searchParams: SearchParams }) {
  const [sessions, profile, attributes] = await loadPage("/account/", (context) =>
    Promise.all([listSessions(context), getProfile(context), getOwnAttributes(context)]),
  );
  const current = await getCurrentSession();
  if (!current) redirect(signInPath("/account/"));
  const rejected = readOne(await searchParams, "rejected") === "password" ? await readFormFlash("/account") : null;
  const notice = rejected ? null : await readAccountNotice();
  const csrf = await getCsrfToken();
  const { username } = current.user;
  const t = await getTexts("account");
  return (
    <PortalShell width="narrow">
      <PageHeader title={t("title")} description={t("explanation")} />
      <div className="grid grid-cols-1 gap-6">
        <ProfileCard
          profile={profile}
          managesAllApplications={can(userActor(current.user), "applications:write")}
          done={notice === "profile-saved" || notice === "email-changed" ? notice : null}
        />
        <AttributesCard attributes={attributes} saved={notice === "attributes-saved"} />
        <PasswordCard username={username} csrf={csrf} rejected={rejected} changed={notice === "password-changed"} />
        <SessionsCard sessions={sessions} currentId={current.id} csrf={csrf} />
      </div>
    </PortalShell>
  );
}
