import { NetworkShares } from "./network-shares";

/** Remembers for a moment which networks were told that the server is busy (503). */
export class BusyNetworks {
  readonly #until = new NetworkShares<number>();
  readonly #milliseconds: number;
  readonly #now: () => number;

  constructor(milliseconds: number, now: () => number = () => performance.now()) {
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  note(network: string): void {
    this.#until.put(network, "", this.#now() + this.#milliseconds);
  }

  has(network: string): boolean {
    const until = this.#until.get(network, "");
    if (until === undefined) return false;
    if (until > this.#now()) return true;
    this.#until.deleteNetwork(network);
    return false;
  }
}
