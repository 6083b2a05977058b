import { toSignInKey } from "@/lib/db/user-key";
import { NetworkShares } from "@/lib/limits/network-shares";
import { RememberedRefusals } from "@/lib/limits/remembered-refusals";
import { digest } from "@/lib/oauth/wire/digest";
import { findKnownBrowser, type KnownAccount } from "./known-browser";

export interface SignInSource {
  network: string;
  identifier: string;
  /** The cookie of known browsers as it was sent: anyone can forge one. */
  cookie: string;
  now: Date;
}

/** What `TooManyAttemptsError` says. */
export interface SignInRefusal {
  /** Seconds. */
  retryAfter: number;
  isForAnyName: boolean;
}

/** Stands for every name, in place of a digest. */
const anyName = "any name";

/**
 * Sign-ins refused a moment ago: the same name from the same network and browser. A browser only counts separately if
 * its cookie is valid for the account, which is remembered with the refusal, so the check needs no query.
 */
export class RefusedSignIns {
  readonly #refusals = new RememberedRefusals();
  readonly #accounts = new NetworkShares<KnownAccount>();

  /** Whether anything is remembered of a network; if not, no form from there needs a closer look. */
  hasFrom(network: string): boolean {
    return this.#refusals.hasFrom(network);
  }

  wait(source: SignInSource): number {
    const { network } = source;
    // One of the two that is certain is enough, and leaves it open when the other is asked about.
    const certain = this.foresee(source);
    if (certain > 0) return certain;
    return Math.max(this.#refusals.wait(network, anyName), this.#refusals.wait(network, this.#findKey(source)));
  }

  /** As `wait`, for the front, which leaves it to the route to find out now and then whether it is still refused. */
  foresee(source: SignInSource): number {
    const { network } = source;
    return Math.max(this.#refusals.foresee(network, anyName), this.#refusals.foresee(network, this.#findKey(source)));
  }

  #findKey(source: SignInSource): string {
    return toKey(source, this.#accounts.get(source.network, toTarget(source)) ?? null);
  }

  /** `account` is the one that the name resolved to. */
  remember(source: SignInSource, account: KnownAccount | null, { retryAfter, isForAnyName }: SignInRefusal): void {
    if (isForAnyName) this.#refusals.remember(source.network, anyName, retryAfter);
    // The network itself has room again, so other names are let through.
    else this.#refusals.forget(source.network, anyName);
    if (account) this.#accounts.put(source.network, toTarget(source), account);
    else this.#accounts.delete(source.network, toTarget(source));
    this.#refusals.remember(source.network, toKey(source, account), retryAfter);
  }

  forget(source: SignInSource, account: KnownAccount | null): void {
    this.#refusals.forget(source.network, anyName);
    // The password may have been changed since: what was refused is known by the browser and the password of then.
    this.#refusals.forget(source.network, this.#findKey(source));
    this.#refusals.forget(source.network, toKey(source, account));
    if (account) this.#accounts.put(source.network, toTarget(source), account);
  }
}

/** On `globalThis`: the route notes what it refuses, and the front, which loads this module for itself, looks it up. */
const holder = globalThis as typeof globalThis & { latchkeyRefusedSignIns?: RefusedSignIns };

/** Sign-ins that this process has refused. */
export function refusedSignIns(): RefusedSignIns {
  holder.latchkeyRefusedSignIns ??= new RefusedSignIns();
  return holder.latchkeyRefusedSignIns;
}

function toTarget({ network, identifier }: SignInSource): string {
  return digest(JSON.stringify([network, toSignInKey(identifier)]));
}

function toKey(source: SignInSource, account: KnownAccount | null): string {
  const browser = account && findKnownBrowser(source.cookie, account, source.now);
  return digest(JSON.stringify([toTarget(source), browser]));
}
