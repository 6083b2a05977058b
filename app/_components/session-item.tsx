import { Monitor } from "lucide-react";
import { describeDevice } from "@/app/account/_components/describe-device";
import { NativeForm } from "@/components/layout/native-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import type { Texts } from "@/lib/messages/texts";
import type { SessionSummary } from "@/lib/services/sessions/list-sessions";

export interface SessionItemProps {
  session: SessionSummary;
  /** The reader's own. */
  isCurrent: boolean;
  /** The route that ends it; null if the reader may not. */
  action: string | null;
  csrf: string;
  /** In the language of the page that it is on. */
  texts: Texts<"account">;
}

/** A session of a user, on their own page and on that of those who manage them. */
export function SessionItem({ session, isCurrent, action, csrf, texts: t }: SessionItemProps) {
  const { id, ipAddress, userAgent, lastSeenAt, createdAt } = session;
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
        <p className="text-note text-muted">
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
