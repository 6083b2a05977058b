import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { baseUrl } from "./environment";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Sending {
  base?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** An address of this machine, such as 127.0.0.2, to count as another network. */
  from?: string;
  /** Milliseconds without an answer before it fails. */
  timeout?: number;
}

/**
 * Closes idle connections long before the server does, after 75 seconds: a request on one that the server is closing
 * would be lost.
 */
const agent = new Agent({ keepAlive: true, maxSockets: 512, timeout: 15_000 });

/**
 * Sends the path as it is: unlike `fetch`, without normalizing, redirects or additional headers. Rejects if the
 * connection fails.
 */
export function send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
  const { hostname, port } = new URL(sending.base ?? baseUrl);
  const length = sending.body === undefined ? {} : { "Content-Length": Buffer.byteLength(sending.body) };
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host,
        port,
        method,
        path,
        localAddress: sending.from,
        headers: { ...length, ...sending.headers },
        timeout: sending.timeout ?? 20_000,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const { statusCode = 0, headers } = incoming;
          resolve({ status: statusCode, headers, text: Buffer.concat(chunks).toString() });
        });
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${method} ${path.split("?")[0]}: no answer in time`)));
    outgoing.on("error", reject);
    outgoing.end(sending.body);
  });
}

/** Sends bytes that no HTTP client would, and reads the first answer. */
export function sendRaw(bytes: string | Buffer, base = baseUrl): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy(new Error("no answer in time")));
    socket.on("data", (chunk) => chunks.push(chunk));
    // A server that refuses what it hasn't read to the end resets the connection: its earlier output counts.
    socket.on("error", (error) => (chunks.length > 0 ? undefined : reject(error)));
    socket.on("close", () => {
      const text = Buffer.concat(chunks).toString("latin1");
      const [head = "", ...rest] = text.split("\r\n\r\n");
      const [statusLine = "", ...lines] = head.split("\r\n");
      const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
      );
      resolve({ status: Number(statusLine.split(" ")[1] ?? 0), headers, text: rest.join("\r\n\r\n") });
    });
    // Not `end`, which a server interprets as a disconnected client; the request asks for `Connection: close`.
    socket.write(bytes);
  });
}

export function encodeForm(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

export const formType = "application/x-www-form-urlencoded";

export function postForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  sending: Sending = {},
): Promise<Answer> {
  const headers = { "Content-Type": formType, ...sending.headers };
  return send("POST", path, { ...sending, headers, body: encodeForm(fields) });
}
