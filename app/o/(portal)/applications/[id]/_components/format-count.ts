const number = new Intl.NumberFormat("en");

/** "1 access token", "1,204 access tokens"; from `limit` on, where counting stops, "10,000 or more access tokens". */
export function formatCount(count: number, limit: number, one: string, many: string): string {
  if (count >= limit) return `${number.format(limit)} or more ${many}`;
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
