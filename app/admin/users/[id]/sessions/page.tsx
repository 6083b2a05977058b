import { Monitor } from "lucide-react";
import type { Metadata } from "next";
import { describeDevice } from "@/app/account/_components/describe-device";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { userPath } from "@/lib/http/paths";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import type { SessionSummary } from "@/lib/services/sessions/list-sessions";
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

interface SessionItemProps {
  session: SessionSummary;
  /** The reader's own. */
  isCurrent: boolean;
  /** The route that ends it; null if the reader may not. */
  action: string | null;
  csrf: string;
}

async function SessionItem({ session, isCurrent, action, csrf }: SessionItemProps) {
  const { id, ipAddress, userAgent, lastSeenAt, createdAt } = session;
  // The words of the user's own page, in the language of these.
  const t = textsOf("account", localeOf("users", await getLocale()));
  const device = describeDevice(userAgent, t);
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:px-5">
      <Monitor className="size-5 shrink-0 text-muted max-sm:hidden" aria-hidden />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium" title={userAgent ?? undefined}>
            {device}
          </span>
          {isCurrent && <Badge tone="success">{t("sessions.current")}</Badge>}
        </p>
        <p className="text-[0.8125rem] text-muted">
          {ipAddress && (
            <>
              <span className="break-all">{ipAddress}</span>
              {" · "}
            </>
          )}
          {t.rich("sessions.lastSeen", { time: () => <RelativeTime date={lastSeenAt} /> })}
          {" · "}
          {t.rich("sessions.signedIn", { time: () => <RelativeTime date={createdAt} /> })}
        </p>
      </div>
      {action && (
        <NativeForm action={action} csrf={csrf} fields={{ session_id: id }} className="grid shrink-0">
          <Button
            type="submit"
            variant="danger-quiet"
            aria-label={
              ipAddress ? t("sessions.endOfAt", { device, address: ipAddress }) : t("sessions.endOf", { device })
            }
          >
            {t("sessions.end")}
          </Button>
        </NativeForm>
      )}
    </li>
  );
}
