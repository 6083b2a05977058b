import { OutboundBusyError } from "./fetch-error";

/** What a call is made for. */
export type Cause =
  /** A request that anyone can send. */
  | "anyone"
  /** A change by an authorized caller, who can retry it. */
  | "change"
  /** A notification of something that has happened here. */
  | "delivery";

interface Share {
  /** Concurrent calls of one process, for everything in this room. */
  inAll: number;
  /** To one host, so that a slow one leaves places to the others. */
  toHost: number;
  /** Whether a call waits for a place; otherwise it is refused immediately. */
  waits: boolean;
}

/** There are always places for deliveries, no matter what strangers cause. */
const shares: Readonly<Record<Cause, Share>> = {
  anyone: { inAll: 48, toHost: 4, waits: false },
  change: { inAll: 48, toHost: 4, waits: true },
  delivery: { inAll: 64, toHost: 8, waits: true },
};

/**
 * How long a call waits for a place, in milliseconds; together with the call itself, less than the lease of a queued
 * delivery.
 */
const longestWait = 10_000;
/** Waiting calls. */
const maximumWaiting = 256;

interface Waiting {
  host: string;
  cause: Cause;
  start(): void;
}

/** Current calls to other servers: in total, and to each host. */
export class OutboundCalls {
  readonly #toHost = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  get underWay(): number {
    return this.#underWay;
  }

  /**
   * Takes a place for a call to `host`. The returned function releases it and may be called repeatedly.
   * @throws OutboundBusyError
   */
  async take(host: string, cause: Cause): Promise<() => void> {
    // Calls to the same host for the same cause keep their order.
    const isLineEmpty = !this.#waiting.some((waiting) => waiting.host === host && waiting.cause === cause);
    if (isLineEmpty && this.#hasRoom(host, cause)) this.#start(host);
    else if (shares[cause].waits) await this.#wait(host, cause);
    else throw new OutboundBusyError();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#end(host);
    };
  }

  #hasRoom(host: string, cause: Cause): boolean {
    const { inAll, toHost } = shares[cause];
    return this.#underWay < inAll && (this.#toHost.get(host) ?? 0) < toHost;
  }

  #start(host: string): void {
    this.#underWay += 1;
    this.#toHost.set(host, (this.#toHost.get(host) ?? 0) + 1);
  }

  #end(host: string): void {
    this.#underWay -= 1;
    const others = (this.#toHost.get(host) ?? 1) - 1;
    if (others > 0) this.#toHost.set(host, others);
    else this.#toHost.delete(host);
    // The first that may continue: one that waits for a busy host doesn't hold up those behind it.
    const index = this.#waiting.findIndex((waiting) => this.#hasRoom(waiting.host, waiting.cause));
    if (index >= 0) this.#waiting[index]?.start();
  }

  #wait(host: string, cause: Cause): Promise<void> {
    if (this.#waiting.length >= maximumWaiting) throw new OutboundBusyError();
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      };
      const waiting: Waiting = {
        host,
        cause,
        start: () => {
          leave();
          this.#start(host);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        leave();
        reject(new OutboundBusyError());
      }, longestWait);
      this.#waiting.push(waiting);
    });
  }
}

// Hot reload evaluates this module repeatedly, and each bundle of routes may have its own copy.
const holder = globalThis as typeof globalThis & { latchkeyOutboundCalls?: OutboundCalls };

/** This process's calls. */
export function getOutboundCalls(): OutboundCalls {
  holder.latchkeyOutboundCalls ??= new OutboundCalls();
  return holder.latchkeyOutboundCalls;
}
