import { log } from "@/lib/log";

/**
 * A text as the body of an answer, written as fast as it is read. If `parts` fails, so does the body: the connection is
 * cut (RFC 9112 §8), so that the receiver doesn't take what it has for the whole.
 */
export function streamText(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const part = await parts.next();
        if (part.done) controller.close();
        else controller.enqueue(encoder.encode(part.value));
      } catch (error) {
        log().error({ err: error }, "a file ended before it was complete");
        controller.error(error);
      }
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
