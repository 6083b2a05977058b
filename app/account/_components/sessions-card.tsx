import { Monitor } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import type { SessionSummary } from "@/lib/services/sessions/list-sessions";
import { describeDevice } from "./describe-device";

export interface SessionsCardProps {
  sessions: readonly SessionSummary[];
  currentId: string;
  csrf: string;
}

/** Where the user is signed in, and a way to end these sessions. */
export function SessionsCard({ sessions, currentId, csrf }: SessionsCardProps) {
  return (
    <Card
      id="sessions"
      title="Where you are signed in"
      description="Signing out a device also revokes the access that applications got there."
      actions={
        sessions.some(({ id }) => id !== currentId) && (
          <NativeForm action="/account/sessions/end-others/submit" csrf={csrf}>
            <Button type="submit" variant="danger-quiet">
              Sign out everywhere else
            </Button>
          </NativeForm>
        )
      }
      flush
    >
      <ul aria-label="Where you are signed in" className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} isCurrent={session.id === currentId} csrf={csrf} />
        ))}
      </ul>
    </Card>
  );
}

function SessionItem({ session, isCurrent, csrf }: { session: SessionSummary; isCurrent: boolean; csrf: string }) {
  const { id, ipAddress, userAgent, lastSeenAt, createdAt } = session;
  const device = describeDevice(userAgent);
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:px-5">
      <Monitor className="size-5 shrink-0 text-muted max-sm:hidden" aria-hidden />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium" title={userAgent ?? undefined}>
            {device}
          </span>
          {isCurrent && <Badge tone="success">This device</Badge>}
        </p>
        <p className="text-[0.8125rem] text-muted">
          {ipAddress && (
            <>
              <span className="break-all">{ipAddress}</span>
              {" · "}
            </>
          )}
          last seen <RelativeTime date={lastSeenAt} />
          {" · "}
          signed in <RelativeTime date={createdAt} />
        </p>
      </div>
      {!isCurrent && (
        <NativeForm action="/account/sessions/end/submit" csrf={csrf} className="grid shrink-0">
          <input type="hidden" name="session_id" value={id} />
          <Button
            type="submit"
            variant="danger-quiet"
            aria-label={`Sign out ${device}${ipAddress ? `, ${ipAddress}` : ""}`}
          >
            Sign out
          </Button>
        </NativeForm>
      )}
    </li>
  );
}
