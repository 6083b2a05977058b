import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** Bytes from which on compressing is worth its while. */
const compressFrom = 1024;

/** Sends what a handler answered, whole. */
export async function sendAnswer(answer: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers } = answer;
  const content = Buffer.from(await answer.arrayBuffer());
  for (const [name, value] of headers) {
    if (name !== "set-cookie") response.setHeader(name, value);
  }
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  // RFC 9110 §8.6
  if (status === 204 || status === 304) return void response.writeHead(status).end();
  const body = mayCompress(answer, content) ? await encode(content, request, response) : content;
  response.setHeader("Content-Length", body.length);
  response.writeHead(status);
  response.end(request.method === "HEAD" ? undefined : body);
}

/**
 * Only what is public: how well a secret compresses together with what was sent reveals it (BREACH), and answers with
 * tokens are short.
 */
function mayCompress({ headers }: Response, content: Buffer): boolean {
  return content.length >= compressFrom && /\bpublic\b/.test(headers.get("cache-control") ?? "");
}

/** The content as the client accepts it (RFC 9110 §12.5.3). */
async function encode(content: Buffer, request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
  response.appendHeader("Vary", "Accept-Encoding");
  if (!acceptsGzip(request)) return content;
  response.setHeader("Content-Encoding", "gzip");
  return compress(content);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  return /(?:^|[\s,])gzip\s*(?:;\s*q=(?:1|0\.0*[1-9])[\d.]*\s*)?(?:,|$)/i.test(
    headers["accept-encoding"]?.toString() ?? "",
  );
}
