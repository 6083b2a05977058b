import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface StartedServer {
  baseUrl: string;
  logFile: string;
}

/**
 * Servers with custom settings on the database of all tests: each is started when a test first requests it, and shared
 * by all that request the same settings, in any process (e2e/support/shared-server.ts).
 */
export class ServerPool {
  readonly #servers = new Map<string, Promise<StartedServer>>();
  readonly #listener = createServer((request, response) => void this.#answer(request, response));
  readonly #start: (variables: Record<string, string>) => Promise<StartedServer>;

  constructor(start: (variables: Record<string, string>) => Promise<StartedServer>) {
    this.#start = start;
  }

  /** @returns the address to which tests send their requests */
  async listen(): Promise<string> {
    this.#listener.listen(0, "127.0.0.1");
    await once(this.#listener, "listening");
    const { port } = this.#listener.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close() {
    this.#listener.closeAllConnections();
    this.#listener.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    try {
      const variables: Record<string, string> = JSON.parse(await text(request));
      response.end(JSON.stringify(await this.#find(variables)));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  }

  #find(variables: Record<string, string>): Promise<StartedServer> {
    const key = JSON.stringify(Object.entries(variables).sort());
    const server = this.#servers.get(key) ?? this.#start(variables);
    this.#servers.set(key, server);
    return server;
  }
}
