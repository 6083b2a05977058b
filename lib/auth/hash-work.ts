import { toWork } from "./password-schemes/bcrypt.mjs";
import type { StoredHash } from "./password-schemes/scheme";
import { currentScheme, findPasswordScheme } from "./password-schemes/schemes.mjs";

/** Comparisons of one password, in order. Only the first can match; the others take up time. */
export interface Comparison {
  hashes: readonly [StoredHash, ...StoredHash[]];
  /** Their total work. */
  work: number;
}

/** bcrypt's range. Work below it makes no measurable difference. */
const [lowestCost, highestCost] = [4, 31];

/**
 * Comparisons that add up to `target`, whatever the stored hash costs and even if there is none: the
 * time a refusal takes must not reveal which accounts exist. bcrypt's work doubles with each step of its cost, so a
 * hash of cost 10 plus decoys of cost 10 and 11 equal one of cost 12. A hash above `target` is compared as it is.
 */
export function planComparison(stored: StoredHash | null, target: number): Comparison {
  const work = stored && (findPasswordScheme(stored.scheme)?.readWork(stored.hash) ?? null);
  if (stored === null || work === null) {
    const [first = toDecoy(lowestCost), ...others] = toDecoys(target);
    return { hashes: [first, ...others], work: target };
  }
  return { hashes: [stored, ...toDecoys(target - work)], work: Math.max(target, work) };
}

/** Hashes of this work together: the sum of powers of two that it is. */
function toDecoys(work: number): StoredHash[] {
  const costs = Array.from({ length: highestCost - lowestCost + 1 }, (_, index) => lowestCost + index);
  return work > 0 ? costs.filter((cost) => Math.floor(work / toWork(cost)) % 2 === 1).map(toDecoy) : [];
}

/** No password is known to have this hash: it was never computed. */
function toDecoy(cost: number): StoredHash {
  const hash = `$2b$${String(cost).padStart(2, "0")}$${"latchkeysdecoyhashes.."}${"latchkeyknowsnopasswordforthis."}`;
  return { scheme: currentScheme.name, hash };
}
