/** The available time zones, plus the chosen one, which a later version of the list may lack. */
export function listTimeZones(chosen: string | null): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set(["UTC", ...known, ...(chosen === null ? [] : [chosen])])].toSorted();
}
