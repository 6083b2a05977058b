import "server-only";
import { type Attempt, forgetAttempts, tryAttempts, uncountAttempts } from "@/lib/db/rate-limits";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import type { AttemptRule } from "@/lib/oauth/ports/store";

/** Too many failed attempts; `retryAfter` is in seconds. */
export class TooManyAttemptsError extends Error {
  readonly retryAfter: number;
  /** Whether every name is refused to the network, not this one alone. */
  readonly isForAnyName: boolean;

  constructor(retryAfter: number, { isForAnyName = false } = {}) {
    super("too many failed attempts");
    this.retryAfter = retryAfter;
    this.isForAnyName = isForAnyName;
  }
}

const window = 15 * 60;
/** One network, one account: guessing. It doesn't lock out the owner, who comes from elsewhere. */
const accountFromNetwork: AttemptRule = { limit: 10, window };
/** One network, many accounts: a list of stolen passwords. */
const network: AttemptRule = { limit: 100, window };
/** Many networks, one account: a botnet. */
const account: AttemptRule = { limit: 100, window };
/** A browser that has signed in to the account before. Replaces the limit across all networks. */
const knownBrowser: AttemptRule = { limit: 10, window };

export interface AttemptedSignIn {
  /** Null if no account has this name. */
  userId: string | null;
  /** The name as returned by `toSignInKey`; null if no account can have this name. */
  name: string | null;
  ipAddress: string | null;
  /** Identifies this browser, or its session, among those that have signed in to the account; null if it hasn't. */
  knownBrowser: string | null;
}

/**
 * The brute-force policy (ASVS 6.3.1). Attempts are counted per account and network, per network, and per account,
 * across all processes, and taken back when they succeed. What one limit refuses doesn't count against another. All
 * names of an account count together; an unknown name counts like an account.
 */
export class SignInThrottle {
  readonly #narrow: string;
  readonly #ofNetwork: string;
  readonly #attempts: readonly Attempt[];

  constructor({ userId, name, ipAddress, knownBrowser: browser }: AttemptedSignIn) {
    const target = userId === null ? `name ${name ?? ""}` : `account ${userId}`;
    const source = toRateLimitNetwork(ipAddress);
    this.#narrow = `sign-in ${target} from ${source}`;
    this.#ofNetwork = `sign-in from ${source}`;
    this.#attempts = [
      [this.#narrow, accountFromNetwork],
      [this.#ofNetwork, network],
      browser === null ? [`sign-in ${target}`, account] : [`sign-in ${target} at ${browser}`, knownBrowser],
    ];
  }

  /**
   * Counts an attempt before its password is hashed.
   * @throws TooManyAttemptsError if a limit is reached
   */
  async countAttempt(now: Date): Promise<void> {
    const refusal = await tryAttempts(this.#attempts, now);
    if (!refusal) return;
    throw new TooManyAttemptsError(refusal.retryAfter, { isForAnyName: refusal.keys.includes(this.#ofNetwork) });
  }

  /** A user who knows the password wasn't guessing. Attempts from elsewhere still count. */
  async succeeded(): Promise<void> {
    const wider = this.#attempts.slice(1).map(([key]) => key);
    await Promise.all([forgetAttempts(this.#narrow), uncountAttempts(wider)]);
  }

  /** The password wasn't compared after all. */
  async giveBack(): Promise<void> {
    await uncountAttempts(this.#attempts.map(([key]) => key));
  }
}
