import { currentTime } from "@/lib/clock";
import { Quota, type QuotaRules, type Source } from "./quota";

/** What was counted instead of recorded. */
export interface Suppressed {
  kind: string;
  network: string | null;
  client: string | null;
  count: number;
  since: Date;
}

interface Pending extends Suppressed {
  /** When the window in which it was counted ends, in milliseconds. */
  endsAt: number;
}

/**
 * Bounds the records of what strangers cause: a limited number of each kind in full, by network, by client and in
 * total, and the number of the rest. Its own memory is bounded too: there is a summary only for a rule that has been
 * used up.
 */
export class BoundedRecords {
  readonly #quotas = new Map<string, Quota>();
  readonly #pending = new Map<string, Pending>();
  readonly #rulesOf: (kind: string) => QuotaRules;
  readonly #now: () => number;

  /** `kind` names what happened and never contains anything that was sent. */
  constructor(rulesOf: (kind: string) => QuotaRules, now: () => number = () => currentTime().getTime()) {
    this.#rulesOf = rulesOf;
    this.#now = now;
  }

  /** `"whole"`: record it. Otherwise it was counted, as the first of its summary or as a further one. */
  admit(kind: string, source: Source): "whole" | "first counted" | "counted" {
    const refusal = this.#findQuota(kind).take(source);
    if (refusal === null) return "whole";
    const { rule, key, retryAfter } = refusal;
    const name = `${kind} ${rule} ${key}`;
    const pending = this.#pending.get(name);
    if (pending) {
      pending.count += 1;
      return "counted";
    }
    const now = this.#now();
    this.#pending.set(name, {
      kind,
      network: rule === "network" ? key : null,
      client: rule === "client" ? key : null,
      count: 1,
      since: new Date(now),
      endsAt: now + retryAfter * 1000,
    });
    return "first counted";
  }

  /** Removes and returns the summaries of windows that have ended, or of all: each is recorded once. */
  takeSummaries({ unfinished = false }: { unfinished?: boolean } = {}): Suppressed[] {
    const now = this.#now();
    const ended = [...this.#pending].filter(([, { endsAt }]) => unfinished || endsAt <= now);
    for (const [name] of ended) this.#pending.delete(name);
    return ended.map(([, { endsAt: _endsAt, ...suppressed }]) => suppressed);
  }

  #findQuota(kind: string): Quota {
    const quota = this.#quotas.get(kind) ?? new Quota(this.#rulesOf(kind), this.#now);
    this.#quotas.set(kind, quota);
    return quota;
  }
}
