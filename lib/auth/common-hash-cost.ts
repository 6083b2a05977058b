import "server-only";
import { findCommonHashCost } from "@/lib/db/sign-in-accounts";

/** Milliseconds for which an answer of the database is kept. */
const lifetime = 10 * 60_000;

// As every bundle has its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyCommonHashCost?: { cost: number; until: number } };

/** bcrypt's cost in most of the stored hashes, not older than ten minutes; 0 while there are none. */
export async function commonHashCost(now: Date): Promise<number> {
  const known = holder.latchkeyCommonHashCost;
  if (known && known.until > now.getTime()) return known.cost;
  const cost = (await findCommonHashCost()) ?? 0;
  holder.latchkeyCommonHashCost = { cost, until: now.getTime() + lifetime };
  return cost;
}
