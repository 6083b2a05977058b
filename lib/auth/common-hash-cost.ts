import "server-only";
import { findCommonHashCost } from "@/lib/db/sign-in-accounts";

/** How long the database's answer is cached, in milliseconds. */
const lifetime = 10 * 60_000;

// Every bundle has its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyCommonHashCost?: { cost: number; until: number } };

/** The most common bcrypt cost among the stored hashes, at most ten minutes old; 0 if there are none. */
export async function commonHashCost(now: Date): Promise<number> {
  const known = holder.latchkeyCommonHashCost;
  if (known && known.until > now.getTime()) return known.cost;
  const cost = (await findCommonHashCost()) ?? 0;
  holder.latchkeyCommonHashCost = { cost, until: now.getTime() + lifetime };
  return cost;
}
