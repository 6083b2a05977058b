import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { Quota } from "./quota";

/** Seconds. */
const window = 10 * 60;
/** A link is opened a few times by its owner. An office in which many are invited at once is one network. */
const openingsPerNetwork = 600;

// Each bundle of routes may have its own copy of this module.
const holder = globalThis as typeof globalThis & { latchkeyLinkOpenings?: Quota };

/**
 * Counts that a network opens or uses a one-time link, before the database is asked about it. Its 256 random bits can't
 * be guessed; this bounds what it costs if someone tries.
 * @throws TooManyRequestsError
 */
export function countLinkOpening(network: string): void {
  holder.latchkeyLinkOpenings ??= new Quota({ window, network: openingsPerNetwork });
  const refusal = holder.latchkeyLinkOpenings.take({ network });
  if (refusal) throw new TooManyRequestsError(refusal.retryAfter);
}
