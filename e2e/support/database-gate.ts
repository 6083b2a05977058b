import { once } from "node:events";
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from "node:net";
import { databaseUrl } from "./environment";

/** The two ends of a connection through the gate. */
interface Pair {
  /** Everything that arrives at one end is dropped, including its end. */
  isDead: boolean;
}

/** A connection to the database that a test can close or block, for one server only. */
export class DatabaseGate {
  readonly #sockets = new Set<Socket>();
  readonly #pairs = new Set<Pair>();
  #isSwallowing = false;
  #server: Server | null = null;
  #port = 0;
  #isFrozen = false;

  /** Lets connections through. */
  async open(): Promise<void> {
    this.#server = createServer((inner) => this.#join(inner)).listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nothing listens any more, and every connection breaks: the database is down. */
  async close(): Promise<void> {
    const closed = this.#server && once(this.#server, "close");
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = null;
  }

  /** Connections stay open and nothing comes back: the database's machine hangs. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  /** Open connections die silently, as when a firewall forgets them; new ones work. */
  forget(): void {
    for (const pair of this.#pairs) pair.isDead = true;
  }

  /** Every packet is lost without notice: the network is broken. Earlier connections stay dead. */
  swallow(): void {
    this.#isSwallowing = true;
    this.forget();
  }

  /** New connections work again. */
  restore(): void {
    this.#isSwallowing = false;
  }

  /** `parameters` are options of the client, such as its timeouts. */
  url(parameters: Record<string, string>): string {
    const url = new URL(databaseUrl);
    url.hostname = "127.0.0.1";
    url.port = String(this.#port);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  #findDatabase(): NetConnectOpts {
    const { hostname, port } = new URL(databaseUrl);
    const host = decodeURIComponent(hostname);
    return host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port: Number(port) };
  }

  #join(inner: Socket): void {
    const outer = connect(this.#findDatabase());
    const ends = [inner, outer];
    const pair = { isDead: this.#isSwallowing };
    this.#pairs.add(pair);
    for (const [from, to] of [ends, ends.toReversed()] as [Socket, Socket][]) {
      this.#sockets.add(from);
      from.on("data", (chunk) => {
        if (!pair.isDead) to.write(chunk);
      });
      from.on("error", () => from.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        this.#pairs.delete(pair);
        if (!pair.isDead) to.destroy();
      });
      if (this.#isFrozen) from.pause();
    }
  }
}
