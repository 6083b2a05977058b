import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { whileAnswering } from "@/lib/answering";
import type { ErrorTexts } from "@/lib/http/error-texts";
import type { ErrorPage } from "@/lib/http/pages/render-page";
import { standalonePage } from "./standalone-page";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Seconds. */
const retryAfter = "5";

/** Headers that describe a body that isn't sent. */
const bodyHeaders = ["Content-Encoding", "Content-Length", "ETag", "Link", "Vary"];

const outagePage = (t: ErrorTexts): ErrorPage => ({
  status: 503,
  title: t("busy.title"),
  explanation: t("busy.database"),
  advice: t("busy.reload"),
});

/**
 * Next.js answers a failed page with 500, whatever the reason, and its payload with 200. If the reason is an outage the
 * answer is 503 with `Retry-After` (RFC 9110 §15.6.4): the page is replaced by one that needs neither the database nor
 * scripts. A form that is returned with the typed values keeps its content.
 */
export function withOutageAnswers(handle: Handle, publicUrl: string): Handle {
  return (request, response) => {
    const answering = { isUnavailable: false };
    rewrite(request, response, () => answering.isUnavailable, publicUrl);
    return whileAnswering(answering, () => handle(request, response));
  };
}

/** Any of four methods of `ServerResponse` can write the head, so all of them wait for the decision. */
function rewrite(
  request: IncomingMessage,
  response: ServerResponse,
  isUnavailable: () => boolean,
  publicUrl: string,
): void {
  const { writeHead, write, end, flushHeaders } = response;
  // The payload of a page begins before the page is known to fail, so it is held back. A script reads it as a whole
  // anyway.
  const held: Uint8Array[] = [];
  let isHeld = request.method === "GET" && request.headers.rsc !== undefined;
  let isDecided = false;
  let isReplaced = false;

  /** Before the first byte. Returns whether another answer was sent, so that what follows is dropped. */
  function decide(): boolean {
    // Node.js itself calls this again while it writes the head.
    if (isDecided || response.headersSent || !isUnavailable()) return isReplaced;
    isDecided = true;
    const { statusCode } = response;
    if (statusCode === 200 || statusCode >= 500) {
      response.statusCode = 503;
      response.setHeader("Retry-After", retryAfter);
    }
    isReplaced = statusCode >= 500 || (statusCode === 200 && isHeld);
    if (isReplaced) answerWithPage();
    return isReplaced;
  }

  function answerWithPage(): void {
    for (const name of bodyHeaders) response.removeHeader(name);
    const { html, headers } = standalonePage(request, outagePage, publicUrl);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    writeHead.call(response, 503);
    // Without the encoding Node.js takes the argument for a callback.
    Reflect.apply(end, response, [html, "utf8"]);
  }

  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    if (isHeld) {
      const headers = rest.findLast((argument) => typeof argument === "object") as OutgoingHttpHeaders | undefined;
      for (const [name, value] of Object.entries(headers ?? {}))
        if (value !== undefined) response.setHeader(name, value);
      return response;
    }
    if (!decide()) Reflect.apply(writeHead, response, [response.statusCode, ...rest]);
    return response;
  };
  response.flushHeaders = () => {
    if (!isHeld && !decide()) flushHeaders.call(response);
  };
  response.write = (...chunk: unknown[]) => {
    if (isHeld) held.push(toBytes(chunk));
    else if (!decide()) return Reflect.apply(write, response, chunk);
    return true;
  };
  response.end = (...chunk: unknown[]) => {
    if (decide()) return response;
    isHeld = false;
    for (const bytes of held.splice(0)) Reflect.apply(write, response, [bytes]);
    return Reflect.apply(end, response, chunk);
  };
}

function toBytes([chunk, encoding]: unknown[]): Uint8Array {
  if (typeof chunk !== "string") return chunk as Uint8Array;
  return Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
}
