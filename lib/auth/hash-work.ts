import { toWork } from "./password-schemes/bcrypt.mjs";
import type { StoredHash } from "./password-schemes/scheme";
import { currentScheme, findPasswordScheme } from "./password-schemes/schemes.mjs";

/** Comparisons of one password, in their order. Only the first can match; the others take up time. */
export interface Comparison {
  hashes: readonly [StoredHash, ...StoredHash[]];
  /** How much work they are together. */
  work: number;
}

/** bcrypt's range: below it, hashes of different work are told apart by nobody. */
const [lowestCost, highestCost] = [4, 31];

/**
 * The comparisons that are as much work as one at `level`, whatever the stored hash costs and whether there is one: how
 * long a refusal takes must not tell which accounts exist. bcrypt's work doubles with each step of its cost, so a hash
 * of cost 10 and decoys of cost 10 and 11 are together as much as one of cost 12. A hash above `level` is compared as
 * it is.
 */
export function planComparison(stored: StoredHash | null, level: number): Comparison {
  const work = stored && (findPasswordScheme(stored.scheme)?.readWork(stored.hash) ?? null);
  if (stored === null || work === null) return { hashes: [toDecoy(level)], work: toWork(level) };
  const missing = toWork(level) - work;
  const costs = Array.from({ length: highestCost - lowestCost + 1 }, (_, index) => lowestCost + index);
  // The powers of two that the difference is made of.
  const decoys = missing > 0 ? costs.filter((cost) => Math.floor(missing / toWork(cost)) % 2 === 1).map(toDecoy) : [];
  return { hashes: [stored, ...decoys], work: Math.max(toWork(level), work) };
}

/** No password is known that has this hash: nobody has computed it. */
function toDecoy(cost: number): StoredHash {
  const hash = `$2b$${String(cost).padStart(2, "0")}$${"latchkeysdecoyhashes.."}${"latchkeyknowsnopasswordforthis."}`;
  return { scheme: currentScheme.name, hash };
}
