import { currentTime } from "@/lib/clock";
import { getContentLocale } from "@/lib/messages/request-locale";
import { textsOf } from "@/lib/messages/texts";
import { formatAbsolute, formatRelative } from "./time-format";

export interface RelativeTimeProps {
  date: Date;
  now?: Date;
}

/**
 * "5 minutes ago", with the exact time as title. Server components only: in a client component the two renderings would
 * differ.
 */
export async function RelativeTime({ date, now = currentTime() }: RelativeTimeProps) {
  const locale = await getContentLocale();
  const t = textsOf("layout", locale);
  return (
    <time
      dateTime={date.toISOString()}
      title={t("time.utc", { time: formatAbsolute(date, locale) })}
      className="whitespace-nowrap"
    >
      {formatRelative(date, now, locale) ?? t("time.justNow")}
    </time>
  );
}

/** "23 Nov 2026, 18:19 UTC". */
export async function AbsoluteTime({ date }: { date: Date }) {
  const locale = await getContentLocale();
  const t = textsOf("layout", locale);
  return (
    <time dateTime={date.toISOString()} className="whitespace-nowrap">
      {t("time.utc", { time: formatAbsolute(date, locale) })}
    </time>
  );
}
