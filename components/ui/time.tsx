import { currentTime } from "@/lib/clock";
import { formatAbsolute, formatRelative } from "./time-format";

export type RelativeTimeProps = { date: Date; now?: Date };

/**
 * "5 minutes ago", with the exact time as title. Server components only: in a client component the two renderings would
 * differ.
 */
export function RelativeTime({ date, now = currentTime() }: RelativeTimeProps) {
  return (
    <time dateTime={date.toISOString()} title={formatAbsolute(date)} className="whitespace-nowrap">
      {formatRelative(date, now)}
    </time>
  );
}

/** "23 Nov 2026, 18:19 UTC". */
export function AbsoluteTime({ date }: { date: Date }) {
  return (
    <time dateTime={date.toISOString()} className="whitespace-nowrap">
      {formatAbsolute(date)}
    </time>
  );
}
