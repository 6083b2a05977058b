/** bcrypt's cost in a stored hash; null for what is no hash of bcrypt. */
export function readHashCost(hash: string): number | null {
  const cost = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1];
  return cost === undefined ? null : Number(cost);
}

/** Comparisons of one password, in their order. Only the first can match; the others take up time. */
export interface Comparison {
  hashes: readonly [string, ...string[]];
  /** How much work they are together. */
  work: number;
}

/**
 * The comparisons that are as much work as one at `level`, whatever the stored hash costs and whether there is one: how
 * long a refusal takes must not tell which accounts exist. bcrypt's work doubles with each step of its cost, so a hash
 * of cost 10 and decoys of cost 10 and 11 are together as much as one of cost 12. A hash above `level` is compared as
 * it is.
 */
export function planComparison(hash: string | null, level: number): Comparison {
  const cost = hash === null ? null : readHashCost(hash);
  if (hash === null || cost === null) return { hashes: [toDecoy(level)], work: toWork(level) };
  const decoys = Array.from({ length: Math.max(0, level - cost) }, (_, step) => toDecoy(cost + step));
  return { hashes: [hash, ...decoys], work: toWork(Math.max(level, cost)) };
}

/** The work of one hash at this cost. */
export function toWork(cost: number): number {
  return 2 ** cost;
}

/** No password is known that has this hash: nobody has computed it. */
function toDecoy(cost: number): string {
  return `$2b$${String(cost).padStart(2, "0")}$${"latchkeysdecoyhashes.."}${"latchkeyknowsnopasswordforthis."}`;
}
