import { IncomingMessage } from "node:http";
import { isEndpoint } from "./request-faults";

/** The largest form of ours has some ten thousand characters; Next.js itself would take a megabyte. */
const maximumBytes = 256 * 1024;

/** Whether Next.js will parse the body as the form of a page. */
export function isMultipart({ method, url = "", headers }: IncomingMessage): boolean {
  if (isEndpoint(url.split("?")[0] ?? "")) return false;
  return method === "POST" && /^multipart\/form-data\b/i.test(headers["content-type"] ?? "");
}

/**
 * Reads a multipart form and hands it on as a request of its own; null for one that can't be parsed, which Next.js would
 * answer by 500, and "too-large" for one that no page of ours would send.
 */
export async function readMultipart(request: IncomingMessage): Promise<IncomingMessage | "too-large" | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > maximumBytes) return "too-large";
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const type = request.headers["content-type"] ?? "";
    await new Response(body, { headers: { "Content-Type": type } }).formData();
    return replay(request, body);
  } catch {
    return null;
  }
}

/** The same request with its body still unread: what was read and put back, `fetch`'s Request would refuse as disturbed. */
export function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const again = new IncomingMessage(request.socket);
  Object.assign(again, { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.headers = headers;
  again.push(body);
  again.push(null);
  return again;
}
