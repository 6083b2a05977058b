/** The time zones to choose from, with the one that is chosen already: a later list may have it no more. */
export function listTimeZones(chosen: string | null): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set(["UTC", ...known, ...(chosen === null ? [] : [chosen])])].toSorted();
}
