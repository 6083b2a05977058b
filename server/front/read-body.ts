import type { IncomingMessage } from "node:http";

/** The whole body of a request, which is then read; null if it doesn't arrive. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}
