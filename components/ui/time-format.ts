const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** Beyond this distance a date says more than a number of days. */
const relativeDays = 30;

/** `date` relative to `now`: "just now", "5 minutes ago", "in 3 days", and from 30 days on the date itself, in UTC. */
export function formatRelative(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const sign = Math.sign(seconds);
  const distance = Math.abs(seconds);
  if (distance < 45) return "just now";
  if (distance >= relativeDays * 86_400) return day.format(date);
  // Each unit is rounded before it is compared: 59.7 minutes are an hour, not "60 minutes".
  const minutes = Math.round(distance / 60);
  if (minutes < 60) return relative.format(sign * minutes, "minute");
  const hours = Math.round(distance / 3_600);
  if (hours < 24) return relative.format(sign * hours, "hour");
  return relative.format(sign * Math.round(distance / 86_400), "day");
}

/** Date and time to the minute, in UTC, for example "23 Nov 2026, 18:19 UTC". */
export function formatAbsolute(date: Date): string {
  return `${minute.format(date)} UTC`;
}
