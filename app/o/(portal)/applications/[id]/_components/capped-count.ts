/** A count as texts take it: from `limit` on, where counting stops, it is that many "or more". */
export function capCount(count: number, limit: number): { count: number; isMore: string } {
  return { count: Math.min(count, limit), isMore: String(count >= limit) };
}
