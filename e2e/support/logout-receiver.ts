import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { waitFor } from "./wait-for";

export interface ReceivedLogout {
  method: string;
  headers: IncomingHttpHeaders;
  /** All that the form contained. */
  tokens: string[];
  /** Whether the sender still waits for the answer. */
  isOpen(): boolean;
}

export type LogoutAnswer = (response: ServerResponse) => void;

const accept: LogoutAnswer = (response) => response.writeHead(200, { "Cache-Control": "no-store" }).end();

/** Where applications receive logouts (OpenID Connect Back-Channel Logout §2.5): one path each, on this machine. */
export class LogoutReceiver {
  readonly #received = new Map<string, ReceivedLogout[]>();
  readonly #answers = new Map<string, LogoutAnswer>();
  readonly #server = createServer(async (request, response) => {
    const { url = "", method = "", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const tokens = new URLSearchParams(Buffer.concat(chunks).toString()).getAll("logout_token");
    const isOpen = () => !response.writableEnded && !response.destroyed;
    this.#received.set(url, [...this.at(url), { method, headers, tokens, isOpen }]);
    (this.#answers.get(url) ?? accept)(response);
  });

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The address of a path, answered from now on with 200, or by `answer`. */
  open(path: string, answer: LogoutAnswer = accept): string {
    this.#answers.set(path, answer);
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** What has arrived so far. */
  at(path: string): readonly ReceivedLogout[] {
    return this.#received.get(path) ?? [];
  }

  /** What arrives at a path, at least `count` of it. */
  waitFor(path: string, count = 1): Promise<readonly ReceivedLogout[]> {
    const isThere = async () => this.at(path).length >= count && this.at(path);
    return waitFor(`${count} logout tokens at ${path}`, isThere, { timeout: 20_000 });
  }
}
