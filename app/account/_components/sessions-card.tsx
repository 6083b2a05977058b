import { SessionItem } from "@/app/_components/session-item";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getTexts } from "@/lib/messages/request-locale";
import type { SessionSummary } from "@/lib/services/sessions/list-sessions";

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
          <SessionItem
            key={session.id}
            session={session}
            isCurrent={session.id === currentId}
            action={session.id === currentId ? null : "/account/sessions/end/submit"}
            csrf={csrf}
            texts={t}
          />
        ))}
      </ul>
    </Card>
  );
}
