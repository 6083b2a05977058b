import type { IncomingMessage } from "node:http";

/**
 * The body of a request, which stays unread for whoever gets the request next; `length` is what Content-Length says. Null if
 * it doesn't arrive.
 */
export function peekBody(request: IncomingMessage, length: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Buffer | null) => {
      request.off("readable", read).off("end", fail).off("error", fail).off("close", fail);
      // Before "end" is emitted, which is when all has been read, and in the same tick.
      if (body) request.unshift(body);
      resolve(body);
    };
    const fail = () => finish(null);
    const read = () => {
      for (let chunk = request.read(); chunk !== null; chunk = request.read()) {
        chunks.push(chunk);
        size += chunk.length;
      }
      if (size >= length) finish(Buffer.concat(chunks));
    };
    request.on("readable", read).on("end", fail).on("error", fail).on("close", fail);
  });
}
