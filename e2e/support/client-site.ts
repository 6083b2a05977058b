import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { readVariable } from "./environment";
import { createSelfSigned } from "./self-signed";

interface Document {
  content: string | Buffer;
  mediaType: string;
}

/** A client's web site, with https on this machine: what it publishes for the server to fetch. */
export class ClientSite {
  readonly #documents = new Map<string, Document>();
  readonly #fetched: string[] = [];
  readonly #identity = findIdentity();
  readonly #server: Server;

  constructor() {
    const { key, cert } = this.#identity;
    this.#server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      const { url = "" } = request;
      this.#fetched.push(url);
      const document = this.#documents.get(url);
      if (!document) response.writeHead(404).end();
      else response.writeHead(200, { "Content-Type": document.mediaType }).end(document.content);
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** For `NODE_EXTRA_CA_CERTS` of the servers that trust it. */
  get certificate(): string {
    return this.#identity.cert;
  }

  url(at: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `https://127.0.0.1:${port}${at}`;
  }

  /** Publishes or replaces the content at this path; an object as JSON. Returns its address. */
  publish(at: string, content: object | Buffer, mediaType = "application/json"): string {
    this.#documents.set(at, { content: Buffer.isBuffer(content) ? content : JSON.stringify(content), mediaType });
    return this.url(at);
  }

  /** How often it was requested. */
  count(at: string): number {
    return this.#fetched.filter((url) => url === at).length;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The files of one key and one certificate for the sites of all tests: one server that trusts it works for all. */
function findIdentity(): { key: string; cert: string } {
  const directory = path.join(readVariable("SHARED_FILES"), "client-site");
  const files = { key: path.join(directory, "key.pem"), cert: path.join(directory, "certificate.pem") };
  if (existsSync(directory)) return files;
  const made = mkdtempSync(`${directory}-`);
  const { key, cert } = createSelfSigned();
  writeFileSync(path.join(made, "key.pem"), key);
  writeFileSync(path.join(made, "certificate.pem"), cert);
  // The servers may run as another user.
  chmodSync(made, 0o755);
  try {
    renameSync(made, directory);
  } catch {
    // Another process was first.
    rmSync(made, { recursive: true });
  }
  return files;
}
