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

export interface BoundedRecordsOptions {
  /** How old a number may become before it is recorded, in milliseconds: a crash loses no more than that. */
  longestUnrecorded: number;
  /** Milliseconds. */
  now?: () => number;
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
  readonly #longestUnrecorded: number;
  readonly #now: () => number;

  /** `kind` names what happened and never contains anything that was sent. */
  constructor(
    rulesOf: (kind: string) => QuotaRules,
    { longestUnrecorded, now = () => currentTime().getTime() }: BoundedRecordsOptions,
  ) {
    this.#rulesOf = rulesOf;
    this.#longestUnrecorded = longestUnrecorded;
    this.#now = now;
  }

  /** `"whole"`: record it. Otherwise it was counted, as the first of its window or as a further one. */
  admit(kind: string, source: Source): "whole" | "first counted" | "counted" {
    const refusal = this.#findQuota(kind).take(source);
    if (refusal === null) return "whole";
    const { rule, key, retryAfter } = refusal;
    const now = this.#now();
    const network = rule === "network" ? key : null;
    const client = rule === "client" ? key : null;
    const pending = this.#pending.get(toName({ kind, network, client }));
    const isFirst = !pending || (pending.count === 0 && pending.endsAt <= now);
    const counted = { kind, network, client, count: 1, since: new Date(now) };
    this.#count(counted, isFirst ? now + retryAfter * 1000 : pending.endsAt);
    return isFirst ? "first counted" : "counted";
  }

  /** Returns the numbers that are due, or all, and counts on from zero: each is recorded once. */
  takeSummaries({ unfinished = false }: { unfinished?: boolean } = {}): Suppressed[] {
    const now = this.#now();
    const taken: Suppressed[] = [];
    for (const [name, pending] of this.#pending) {
      const { endsAt, ...suppressed } = pending;
      const hasEnded = endsAt <= now;
      if (!unfinished && !hasEnded && now - suppressed.since.getTime() < this.#longestUnrecorded) continue;
      if (suppressed.count > 0) taken.push(suppressed);
      // Until the window ends it is remembered that its first one was announced.
      if (hasEnded) this.#pending.delete(name);
      else pending.count = 0;
    }
    return taken;
  }

  /** Takes back what could not be recorded: it is due again, together with what was counted meanwhile. */
  putBack(summaries: readonly Suppressed[]): void {
    for (const summary of summaries) this.#count(summary, this.#now());
  }

  #count(counted: Suppressed, endsAt: number): void {
    const name = toName(counted);
    const pending = this.#pending.get(name);
    if (!pending) {
      this.#pending.set(name, { ...counted, endsAt });
      return;
    }
    pending.since = pending.count === 0 || counted.since < pending.since ? counted.since : pending.since;
    pending.count += counted.count;
    pending.endsAt = Math.max(pending.endsAt, endsAt);
  }

  #findQuota(kind: string): Quota {
    const quota = this.#quotas.get(kind) ?? new Quota(this.#rulesOf(kind), this.#now);
    this.#quotas.set(kind, quota);
    return quota;
  }
}

/** Kind and rule; with neither network nor client it is the rule for all together. */
function toName({ kind, network, client }: Pick<Suppressed, "kind" | "network" | "client">): string {
  return JSON.stringify([kind, network, client]);
}
