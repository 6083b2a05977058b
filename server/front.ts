import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorTexts } from "@/lib/http/error-texts";
import type { ErrorPage } from "@/lib/http/pages/render-page";
import { BusyNetworks } from "@/lib/limits/busy-networks";
import { AbandonedError, FairQueue, QueueBusyError } from "@/lib/limits/fair-queue";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { everyMethod } from "@/lib/oauth/endpoints";
import {
  answerHeaders,
  badRequest,
  busy,
  describeClientError,
  refuse,
  respond,
  tooManyRequests,
} from "./front/answers";
import { cleanHeaders } from "./front/client-headers";
import { limitConnections } from "./front/connection-limits";
import { measureEmptyAnswer } from "./front/empty-answers";
import { type Arrived, IncomingBodies } from "./front/incoming-bodies";
import type { MachineEndpoints } from "./front/machine/machine-endpoints";
import { isMultipart, isReadableMultipart } from "./front/multipart";
import { Pacer } from "./front/pacer";
import { findRefusal } from "./front/refused-requests";
import type { RefusalPage } from "./front/refused-sign-ins";
import { expectsPage, findRequestFault } from "./front/request-faults";
import { normalizeTarget, toOriginForm } from "./front/request-target";
import { createClientAddressFinder } from "./front/trusted-proxies";

const maxHeaderBytes = 32 * 1024;
/**
 * Longer than proxies and clients keep an idle connection: the side that closes first may cut off a request in transit.
 */
const keepAliveMs = 75_000;
/** For the head of a request, and for all of it: no form of ours takes half a minute on any connection. */
const headersMs = 10_000;
const requestMs = 30_000;
const checkMs = 1000;
/** Without a byte in either direction, as when a client doesn't read the answer. Longer than any answer takes. */
const silenceMs = 60_000;
/** How long a request waits for its turn. */
const longestWaitMs = 3000;
const expectedRequestMs = 20;
/** Bytes of bodies in memory, for all requests that are arriving, waiting or running. */
const bodyBytes = { total: 64 * 1024 * 1024, perNetwork: 8 * 1024 * 1024 };
/** Before a remembered refusal is repeated, for at most this many at the same time. */
const refusalPauseMs = 500;
const mostPauses = 1000;
/** For clients that have been told that the server is busy. */
const retrySeconds = 2;

export interface FrontLimits {
  /** Connections, in total and from one network. */
  connections: number;
  connectionsPerNetwork: number;
  /** Requests that the application works on at the same time, in total and from one network. */
  requests: number;
  requestsPerNetwork: number;
}

export interface FrontOptions {
  /** Answers what `handle` need not; without it `handle` answers everything. */
  machineEndpoints?: Pick<MachineEndpoints, "find"> | null;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Only development needs upgrades, for hot reload. */
  upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
  logError: (reference: string, error: unknown) => void;
  /** The page for a form of sign-in that was refused a moment ago; null for any other. */
  findSignInRefusal?: (arrived: Arrived, network: string) => Promise<RefusalPage | null>;
  /** Addresses and networks whose `X-Forwarded-For` is trusted. */
  trustedProxies: readonly string[];
  /** The server's public address, whatever a proxy says. */
  publicUrl: string;
  limits: FrontLimits;
  /** Milliseconds for the head of a request, for all of it, and for its turn. */
  timeouts?: { headers?: number; request?: number; turn?: number };
}

export interface Front {
  server: Server;
  /** Stops accepting, waits for running requests up to this time, and closes everything. */
  drain(milliseconds: number): Promise<void>;
}

const busyPage = (t: ErrorTexts): ErrorPage => ({
  status: 503,
  title: t("busy.title"),
  explanation: t("busy.everyone"),
  advice: t("busy.sendAgain"),
});

/**
 * The HTTP server in front of Next.js: refuses malformed requests, removes headers that only a proxy may set, and
 * divides the application among the networks that use it.
 */
export function createFront(options: FrontOptions): Front {
  const { handle, upgrade, logError, trustedProxies, publicUrl, limits } = options;
  const findClientAddress = createClientAddressFinder(trustedProxies);
  const always = answerHeaders({ https: publicUrl.startsWith("https:") });
  const turns = new FairQueue({
    slots: limits.requests,
    slotsPerSource: limits.requestsPerNetwork,
    longestWait: options.timeouts?.turn ?? longestWaitMs,
    expectedDuration: expectedRequestMs,
  });

  const bodies = new IncomingBodies(bodyBytes);
  const busyNetworks = new BusyNetworks(retrySeconds * 1000);
  const pacer = new Pacer({ milliseconds: refusalPauseMs, most: mostPauses });

  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      keepAliveTimeout: keepAliveMs,
      headersTimeout: options.timeouts?.headers ?? headersMs,
      requestTimeout: options.timeouts?.request ?? requestMs,
      connectionsCheckingInterval: checkMs,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
      measureEmptyAnswer(response);
      const misdirected = toOriginForm(request, publicUrl);
      normalizeTarget(request);
      const fault = misdirected ?? findRequestFault(request);
      if (fault) return respond(response, { ...fault, error: "invalid_request" });

      if (request.url === "*") return void response.writeHead(204, { Allow: everyMethod.join(", ") }).end();

      // Several of them are joined in their order (RFC 9110 §5.3).
      const forwardedFor = request.headers["x-forwarded-for"]?.toString();
      const clientAddress = findClientAddress(request.socket.remoteAddress, forwardedFor);
      cleanHeaders(request, clientAddress, publicUrl);
      void answer(request, response, toRateLimitNetwork(clientAddress));
    },
  );
  server.setTimeout(silenceMs);

  async function answer(request: IncomingMessage, response: ServerResponse, network: string): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    try {
      await bodies.hold(request, network, async (arrived) => {
        // The rest is read and dropped, because the connection would otherwise be stuck in the middle of it.
        if (!arrived.isWhole) response.once("finish", () => request.resume());
        const wait = findRefusal(arrived, network);
        const page = await options.findSignInRefusal?.(arrived, network);
        if (wait > 0 || page) await pacer.pause(gone.signal);
        if (wait > 0) return respond(response, tooManyRequests(wait));
        if (page) return void response.writeHead(page.status, page.headers).end(page.html);
        await turns.run({ source: network, work: 1, signal: gone.signal, start: () => time(arrived, response) });
      });
    } catch (error) {
      if (error instanceof AbandonedError) return;
      if (error instanceof QueueBusyError) {
        // Clients that retry immediately get the answer more slowly than the first time.
        if (busyNetworks.has(network)) await pacer.pause(gone.signal);
        busyNetworks.note(network);
        return sayBusy(request, response, Math.max(error.retryAfter, retrySeconds));
      }
      const reference = randomBytes(6).toString("hex");
      logError(reference, error);
      if (response.headersSent) return void response.destroy();
      const description = `Something failed on the server. Reference: ${reference}`;
      respond(response, { status: 500, error: "server_error", description });
    }
  }

  /** A browser gets a page: reloading it sends the form again, with everything that was typed. */
  async function sayBusy(request: IncomingMessage, response: ServerResponse, retryAfter: number): Promise<void> {
    // Nobody reads the rest of a body for which there was no room.
    if (!request.complete) response.setHeader("Connection", "close");
    if (expectsPage(request)) {
      // Not at the top of the file: it loads parts of Next.js, which have to wait until Next.js itself is loaded.
      const { standalonePage } = await import("./front/standalone-page");
      const { headers, html } = standalonePage(request, busyPage, publicUrl);
      response.writeHead(503, { ...headers, "Retry-After": String(retryAfter) });
      response.end(html);
    } else respond(response, busy(retryAfter));
  }

  async function pass({ request, body, isWhole, replay }: Arrived, response: ServerResponse): Promise<void> {
    const isForm = isMultipart(request);
    // Next.js would parse the part that has arrived of a page's form, or of an action called by its script.
    if (!isWhole && (isForm || request.headers["next-action"] !== undefined)) {
      return respond(response, { ...badRequest("The form is too large."), status: 413 });
    }
    if (isForm && !(await isReadableMultipart(request, body))) {
      return respond(response, badRequest("The form can't be read."));
    }
    const answer = options.machineEndpoints?.find(request);
    return answer ? answer(body, response) : handle(replay(), response);
  }

  /** A request is running until its answer has been sent, or its client has disconnected. */
  async function time(arrived: Arrived, response: ServerResponse) {
    const startedAt = performance.now();
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    await pass(arrived, response);
    if (!response.writableFinished && !response.destroyed) await closed;
    return { result: undefined, duration: performance.now() - startedAt };
  }

  limitConnections(
    server,
    { total: limits.connections, perNetwork: limits.connectionsPerNetwork },
    trustedProxies,
    (socket) => refuse(socket, busy(retrySeconds), always),
  );

  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (!upgrade) {
      refuse(socket, badRequest("This server speaks plain HTTP/1.1 only."), always);
      return;
    }
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    cleanHeaders(request, findClientAddress(request.socket.remoteAddress, undefined), publicUrl);
    upgrade(request, socket, head);
  });
  server.on("connect", (_request, socket) => {
    socket.on("error", () => socket.destroy());
    refuse(
      socket,
      { ...badRequest("The method is not allowed."), status: 405, headers: { Allow: "GET, POST" } },
      always,
    );
  });

  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuse(socket, describeClientError(error.code), always);
  });

  return {
    server,
    async drain(milliseconds) {
      const closed = new Promise((resolve) => server.close(resolve));
      // The server no longer manages these: it waits for them, but doesn't close them.
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
