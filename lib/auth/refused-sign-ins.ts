import { toSignInKey } from "@/lib/db/user-key";
import { digest } from "@/lib/oauth/wire/digest";
import { putBounded, RememberedRefusals } from "@/lib/remembered-refusals";
import { findKnownBrowser, type KnownAccount } from "./known-browser";

export interface SignInSource {
  network: string;
  identifier: string;
  /** The cookie of known browsers as it was sent: anyone can make one up. */
  cookie: string;
  now: Date;
}

/**
 * Sign-ins that were refused a moment ago: the same name, from the same network and browser. A browser counts as one of its
 * own only if its cookie is good for the account, which is remembered with the refusal, so that finding out needs no query.
 */
export class RefusedSignIns {
  readonly #refusals = new RememberedRefusals();
  readonly #accounts = new Map<string, KnownAccount>();

  wait(source: SignInSource): number {
    return this.#refusals.wait(toKey(source, this.#accounts.get(toTarget(source)) ?? null));
  }

  /** `account` is the one that the name was found to stand for; `retryAfter` is in seconds. */
  remember(source: SignInSource, account: KnownAccount | null, retryAfter: number): void {
    if (account) putBounded(this.#accounts, toTarget(source), account);
    else this.#accounts.delete(toTarget(source));
    this.#refusals.remember(source.network, toKey(source, account), retryAfter);
  }

  forget(source: SignInSource, account: KnownAccount | null): void {
    this.#refusals.forget(toKey(source, account));
  }
}

function toTarget({ network, identifier }: SignInSource): string {
  return digest(JSON.stringify([network, toSignInKey(identifier)]));
}

function toKey(source: SignInSource, account: KnownAccount | null): string {
  const browser = account && findKnownBrowser(source.cookie, account, source.now);
  return digest(JSON.stringify([toTarget(source), browser]));
}
