import { Monitor } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { SessionSummary } from "@/lib/services/sessions/list-sessions";
import { describeDevice } from "./describe-device";

export interface SessionsCardProps {
  sessions: readonly SessionSummary[];
  currentId: string;
  csrf: string;
}

/** Where the user is signed in, and a way to end these sessions. */
export async function SessionsCard({ sessions, currentId, csrf }: SessionsCardProps) {
  const t = await getTexts("account");
  return (
    <Card
      id="sessions"
      title={t("sessions.title")}
      description={t("sessions.explanation")}
      actions={
        sessions.some(({ id }) => id !== currentId) && (
          <NativeForm action="/account/sessions/end-others/submit" csrf={csrf}>
            <Button type="submit" variant="danger-quiet">
              {t("sessions.endOthers")}
            </Button>
          </NativeForm>
        )
      }
      flush
    >
      <ul aria-label={t("sessions.title")} className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} isCurrent={session.id === currentId} csrf={csrf} />
        ))}
      </ul>
    </Card>
  );
}

async function SessionItem({
  session,
  isCurrent,
  csrf,
}: {
  session: SessionSummary;
  isCurrent: boolean;
  csrf: string;
}) {
  const { id, ipAddress, userAgent, lastSeenAt, createdAt } = session;
  const t = await getTexts("account");
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
      {!isCurrent && (
        <NativeForm action="/account/sessions/end/submit" csrf={csrf} className="grid shrink-0">
          <input type="hidden" name="session_id" value={id} />
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
