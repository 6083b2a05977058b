import { Monitor } from "lucide-react";
import type { Metadata } from "next";
import { SessionItem } from "@/app/_components/session-item";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { userPath } from "@/lib/http/paths";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import { listUserSessions } from "@/lib/services/users/manage/user-sessions";
import { loadUser } from "../_components/load-user";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "sessions/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.sessions"), name: user.name ?? user.username }) };
}

export default async function UserSessionsPage({ params }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "sessions/");
  const { context, endsSessions } = loaded;
  const sessions = await loadPage(userPath(id, "sessions/"), () => listUserSessions(context, { id }));
  const notice = await readNotice(`/admin/users/${id}`, ["session-ended", "sessions-ended"]);
  // The words of the user's own page, in the language of these.
  const sessionTexts = textsOf("account", localeOf("users", await getLocale()));
  const csrf = await getCsrfToken();
  const t = await getTexts("users");
  return (
    <UserPage loaded={loaded} current="sessions">
      {notice && <Alert tone="success" title={t(`sessions.notices.${notice}`)} announce />}
      <Card
        title={t("sessions.title")}
        description={t("sessions.description")}
        actions={
          endsSessions &&
          sessions.length > 0 && (
            <NativeForm action={userPath(id, "sessions/submit")} csrf={csrf} fields={{ all: "on" }}>
              <Button type="submit" variant="danger-quiet">
                {t("security.access.signOut")}
              </Button>
            </NativeForm>
          )
        }
        flush
      >
        {sessions.length > 0 ? (
          <ul aria-label={t("sessions.title")} className="divide-y divide-line">
            {sessions.map((session) => (
              <SessionItem
                key={session.id}
                session={session}
                isCurrent={session.id === context.sessionId}
                action={endsSessions ? userPath(id, "sessions/submit") : null}
                csrf={csrf}
                texts={sessionTexts}
              />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<Monitor aria-hidden />}
            title={t("sessions.none.title")}
            description={t("sessions.none.description")}
          />
        )}
      </Card>
    </UserPage>
  );
}
