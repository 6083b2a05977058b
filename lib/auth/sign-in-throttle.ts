import "server-only";
import { countAttempts, forgetAttempts, uncountAttempt } from "@/lib/db/rate-limits";
import { toUserKey } from "@/lib/db/user-key";
import type { AttemptRule } from "@/lib/oauth/store";
import { toSource } from "./network";

/** Too many failed attempts; `retryAfter` is in seconds. */
export class TooManyAttemptsError extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("too many failed attempts");
    this.retryAfter = retryAfter;
  }
}

const window = 15 * 60;
/** One source at one account: guessing. It doesn't lock the owner out, who comes from elsewhere. */
const accountFromNetwork: AttemptRule = { limit: 10, window };
/** One source at many accounts: a list of stolen passwords. */
const network: AttemptRule = { limit: 100, window };
/** Many sources at one account: a botnet. */
const account: AttemptRule = { limit: 100, window };

/**
 * The brute force policy (ASVS 6.3.1): attempts are counted per account and network, per network, and per account, for
 * all processes together, and taken back when they succeed. The account counts by the name that was typed, whether it
 * exists or not.
 */
export class SignInThrottle {
  readonly #personal: string;
  readonly #shared: readonly (readonly [string, AttemptRule])[];

  constructor(identifier: string, ipAddress: string | null) {
    const name = toUserKey(identifier.trim());
    const source = toSource(ipAddress);
    this.#personal = `sign-in account ${name} from ${source}`;
    this.#shared = [
      [`sign-in from ${source}`, network],
      [`sign-in account ${name}`, account],
    ];
  }

  /** Counts an attempt before its password is hashed. Throws `TooManyAttemptsError`. */
  async countAttempt(now: Date): Promise<void> {
    const rules = [[this.#personal, accountFromNetwork] as const, ...this.#shared];
    const retryAfter = await countAttempts(rules, now);
    if (retryAfter > 0) throw new TooManyAttemptsError(retryAfter);
  }

  /** Whoever knows the password didn't guess. What others tried elsewhere still counts. */
  async succeeded(): Promise<void> {
    await Promise.all([forgetAttempts(this.#personal), ...this.#shared.map(([key]) => uncountAttempt(key))]);
  }
}
