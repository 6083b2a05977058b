import { IncomingMessage } from "node:http";
import { AbandonedError, QueueBusyError } from "@/lib/limits/fair-queue";

/**
 * No endpoint accepts a longer body: the part that has arrived is enough for its 413, and the rest isn't waited for.
 * The largest form of ours has some ten thousand characters; Next.js itself would accept a megabyte.
 */
const longestBody = 256 * 1024;
/** The form with a file has its own bound. All bodies together are limited as well. */
const longestUpload = { path: "/admin/users/import/submit", bytes: 4 * 1024 * 1024 };
/** The minimum cost of a piece of a body, so that one that arrives byte by byte doesn't count as nothing. */
const smallestPiece = 256;
const retrySeconds = 2;

/** Bytes. */
export interface BodyLimits {
  total: number;
  perNetwork: number;
}

export interface Arrived {
  /** Its body, if it has one, has been read. */
  request: IncomingMessage;
  body: Buffer<ArrayBuffer> | null;
  /** Whether the body is complete; if not, it is longer than any endpoint accepts. */
  isWhole: boolean;
  /** The request for those who read its body themselves. */
  replay(): IncomingMessage;
}

interface Held {
  network: string;
  bytes: number;
  /** Gives up a body that is still arriving; null once it has arrived. */
  giveUp: ((error: Error) => void) | null;
}

/**
 * Waits for the bodies of requests, so that a slow one costs its sender a connection and nobody a turn, and limits
 * their total memory. Beyond that, the network that holds the most loses its oldest pending body: slow ones make room
 * for those that arrive quickly.
 */
export class IncomingBodies {
  readonly #limits: BodyLimits;
  readonly #held = new Set<Held>();
  readonly #bytesOf = new Map<string, number>();
  #total = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /**
   * Calls `use` when the body has arrived, and counts it until that is done.
   * @throws AbandonedError if it doesn't arrive, QueueBusyError if there is no room for it; `use` has not been called
   */
  async hold<T>(request: IncomingMessage, network: string, use: (arrived: Arrived) => Promise<T>): Promise<T> {
    if (!hasBody(request)) return use({ request, body: null, isWhole: true, replay: () => request });
    const held: Held = { network, bytes: 0, giveUp: null };
    this.#held.add(held);
    try {
      return await use(await this.#receive(request, held));
    } finally {
      this.#held.delete(held);
      this.#count(held, -held.bytes);
    }
  }

  #receive(request: IncomingMessage, held: Held): Promise<Arrived> {
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      let length = 0;
      const longest = findLongest(request);
      const stop = () => {
        held.giveUp = null;
        request.off("data", receive).off("end", end).off("error", lose).off("close", lose).pause();
      };
      const finish = (isWhole: boolean) => {
        stop();
        const body = Buffer.concat(pieces);
        resolve({ request, body, isWhole, replay: () => replay(request, body) });
      };
      const receive = (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        this.#count(held, Math.max(piece.length, smallestPiece));
        this.#makeRoom(held);
        if (held.giveUp && length > longest) finish(false);
      };
      const end = () => finish(true);
      const lose = () => held.giveUp?.(new AbandonedError());
      held.giveUp = (error) => {
        stop();
        pieces.length = 0;
        reject(error);
      };
      request.on("data", receive).on("end", end).on("error", lose).on("close", lose);
    });
  }

  #count(held: Held, bytes: number): void {
    held.bytes += bytes;
    this.#total += bytes;
    const ofNetwork = (this.#bytesOf.get(held.network) ?? 0) + bytes;
    if (ofNetwork > 0) this.#bytesOf.set(held.network, ofNetwork);
    else this.#bytesOf.delete(held.network);
  }

  #makeRoom(newest: Held): void {
    const { total, perNetwork } = this.#limits;
    const isOver = (this.#bytesOf.get(newest.network) ?? 0) > perNetwork;
    if (!isOver && this.#total <= total) return;
    const network = isOver ? newest.network : this.#findLargest();
    const oldest = [...this.#held].find((held) => held.network === network && held.giveUp !== null) ?? newest;
    this.#count(oldest, -oldest.bytes);
    oldest.giveUp?.(new QueueBusyError(retrySeconds));
  }

  #findLargest(): string | undefined {
    const [first] = [...this.#bytesOf].sort(([, one], [, other]) => other - one);
    return first?.[0];
  }
}

/** In bytes. */
function findLongest({ url = "" }: IncomingMessage): number {
  const path = url.split("?")[0]?.replace(/\/$/, "");
  return path === longestUpload.path ? longestUpload.bytes : longestBody;
}

/** Whether a body follows the head (RFC 9112 §6.3) that is read here; the body of a GET is never read. */
function hasBody({ method = "", headers }: IncomingMessage): boolean {
  if (method === "GET" || method === "HEAD") return false;
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * The same request with its body still unread: `fetch`'s Request would reject a body that was read and put back as
 * disturbed.
 */
function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const again = new IncomingMessage(request.socket);
  Object.assign(again, { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.headers = headers;
  again.push(body);
  again.push(null);
  return again;
}
