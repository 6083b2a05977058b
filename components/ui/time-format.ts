/** Beyond this distance a date says more than a count of days. */
const relativeDays = 30;

/** English as elsewhere in the world than the United States: "23 Nov 2026". */
function toFormatLocale(locale: string): string {
  return locale === "en" ? "en-GB" : locale;
}

/**
 * `date` seen from `now`: "5 minutes ago", "in 3 days", and from 30 days on the date itself, in UTC; null for less than
 * a minute, which has a text of its own.
 */
export function formatRelative(date: Date, now: Date, locale: string): string | null {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const sign = Math.sign(seconds);
  const distance = Math.abs(seconds);
  if (distance < 45) return null;
  if (distance >= relativeDays * 86_400) {
    const day = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
    return new Intl.DateTimeFormat(toFormatLocale(locale), day).format(date);
  }
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  // Each unit is rounded before it is compared: 59.7 minutes are an hour, not "60 minutes".
  const minutes = Math.round(distance / 60);
  if (minutes < 60) return relative.format(sign * minutes, "minute");
  const hours = Math.round(distance / 3_600);
  if (hours < 24) return relative.format(sign * hours, "hour");
  return relative.format(sign * Math.round(distance / 86_400), "day");
}

/** Date and time to the minute, in UTC, for example "23 Nov 2026, 18:19". */
export function formatAbsolute(date: Date, locale: string): string {
  const toTheMinute = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(toFormatLocale(locale), toTheMinute).format(date);
}
