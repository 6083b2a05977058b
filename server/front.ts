import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { createClientAddressFinder, type FindClientAddress } from "./trusted-proxies";

const MAX_HEADER_BYTES = 32 * 1024;
/** Longer than proxies and clients keep an idle connection: whoever closes first may cut off a request on its way. */
const KEEP_ALIVE_MS = 75_000;

/** Carries the client's address to the application. Whatever the client sends under this name is replaced. */
export const REMOTE_ADDRESS_HEADER = "x-latchkey-remote-address";

export interface FrontOptions {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Only development needs upgrades, for hot reload. */
  upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
  logError: (reference: string, error: unknown) => void;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
}

export interface Front {
  server: Server;
  /** Stops accepting, lets requests under way finish for so long at most, and closes everything. */
  drain(milliseconds: number): Promise<void>;
}

/** The HTTP server in front of Next.js: refuses what is malformed and removes what only a proxy may say. */
export function createFront({ handle, upgrade, logError, trustedProxies }: FrontOptions): Front {
  const findClientAddress = createClientAddressFinder(trustedProxies);
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const fault = findTargetFault(request.url ?? "");
      if (fault) {
        respond(response, 400, "invalid_request", fault);
        return;
      }
      cleanHeaders(request, findClientAddress);
      handle(request, response).catch((error) => {
        const reference = randomBytes(6).toString("hex");
        logError(reference, error);
        if (response.headersSent) response.destroy();
        else respond(response, 500, "server_error", `Something failed on the server. Reference: ${reference}`);
      });
    },
  );

  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (!upgrade) {
      refuse(socket, 400, "This server speaks plain HTTP/1.1 only.");
      return;
    }
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    cleanHeaders(request, findClientAddress);
    upgrade(request, socket, head);
  });

  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else if (error.code === "HPE_HEADER_OVERFLOW") refuse(socket, 431, "The request headers are too large.");
    else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") refuse(socket, 408, "The request took too long to arrive.");
    else refuse(socket, 400, "The request is not valid HTTP.");
  });

  return {
    server,
    async drain(milliseconds) {
      const closed = new Promise((resolve) => server.close(resolve));
      // The server has let go of these: it waits for them, but doesn't close them.
      for (const socket of upgraded) socket.destroy();
      // A kept-alive connection becomes idle only after its response.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const deadline = setTimeout(() => server.closeAllConnections(), milliseconds);
      await closed;
      clearInterval(sweep);
      clearTimeout(deadline);
    },
  };
}

/** What is wrong with a request target, or null. Only the origin form (RFC 9112 §3.2.1) is for a server like this. */
export function findTargetFault(target: string): string | null {
  if (!target.startsWith("/")) return "The request target must be a path.";
  const [path = "", ...query] = target.split("?");
  try {
    if (decodeURIComponent(path).includes("\0")) return "The path contains a NUL byte.";
    // Next.js mends a broken query before a route sees it, and then it is no longer what was sent.
    decodeURIComponent(query.join("?"));
  } catch {
    return "The request target contains malformed percent-encoding.";
  }
  return null;
}

/** The client's address is all that a trusted proxy may say; host and scheme are configuration (PUBLIC_URL). */
function cleanHeaders(request: IncomingMessage, findClientAddress: FindClientAddress) {
  const { headers, socket } = request;
  // Several of them are joined in their order (RFC 9110 §5.3).
  const forwardedFor = headers["x-forwarded-for"]?.toString();
  for (const name of Object.keys(headers)) {
    if (name.startsWith("x-forwarded-") || DECEIVING_HEADERS.has(name)) delete headers[name];
  }
  // Next.js answers a POST that asks for a page's payload by 307, which would post credentials again (RFC 9700 §4.12).
  if (request.method !== "GET" && request.method !== "HEAD") delete headers.rsc;
  headers[REMOTE_ADDRESS_HEADER] = findClientAddress(socket.remoteAddress, forwardedFor);
}

/** x-middleware-subrequest once let a client skip Next.js's middleware (CVE-2025-29927). */
const DECEIVING_HEADERS = new Set(["forwarded", "x-real-ip", "x-middleware-subrequest"]);

function respond(response: ServerResponse, status: number, error: string, description: string) {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify({ error, error_description: description }));
}

/** Answers on a connection that has no request object yet, and closes it. */
function refuse(socket: Duplex, status: number, description: string) {
  const body = JSON.stringify({ error: "invalid_request", error_description: description });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json",
    "Cache-Control: no-store",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
