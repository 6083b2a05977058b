import "server-only";
import { countAttempt } from "@/lib/db/rate-limits";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import type { ServiceContext } from "../context";

/** Changes of an account within an hour: each sends a message to an address that nobody has proved to be theirs. */
const rule = { limit: 5, window: 3600 };

/** Whoever changes it: the user, or those who manage users. @throws TooManyRequestsError */
export async function countEmailChange({ now }: Pick<ServiceContext, "now">, userId: string): Promise<void> {
  const wait = await countAttempt(`email change of ${userId}`, rule, now());
  if (wait > 0) throw new TooManyRequestsError(wait);
}
