import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { HttpRequest } from "../http-request";

/** No form of ours or of the protocol comes near this. */
const maximumBytes = 128 * 1024;

/**
 * The body of a request as text, for `Parameters.parse`.
 * @throws InvalidRequestError if it is too large (413) or isn't UTF-8
 */
export async function readFormText(request: HttpRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(request)) {
    length += chunk.length;
    if (length > maximumBytes) throw new InvalidRequestError("The body is too large.", { status: 413 });
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new InvalidRequestError("The body is not UTF-8.");
  }
}

async function* readChunks({ body }: HttpRequest): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) return yield body;
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } catch {
    // The client has disconnected: nothing failed here, and nobody reads this.
    throw new InvalidRequestError("The body did not arrive whole.");
  } finally {
    reader.releaseLock();
  }
}
