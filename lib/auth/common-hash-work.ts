import "server-only";
import { findCommonHash } from "@/lib/db/sign-in-accounts";
import { findPasswordScheme } from "./password-schemes/schemes.mjs";

/** How long the database's answer is cached, in milliseconds. */
const lifetime = 10 * 60_000;

// Every bundle has its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyCommonHashWork?: { work: number; until: number } };

/** The work of the most common kind of stored hash, at most ten minutes old; 0 if there are none. */
export async function commonHashWork(now: Date): Promise<number> {
  const known = holder.latchkeyCommonHashWork;
  if (known && known.until > now.getTime()) return known.work;
  const common = await findCommonHash();
  const work = (common && findPasswordScheme(common.scheme)?.readWork(common.hash)) ?? 0;
  holder.latchkeyCommonHashWork = { work, until: now.getTime() + lifetime };
  return work;
}
