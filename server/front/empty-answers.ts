import type { ServerResponse } from "node:http";
import { emptyAnswerHeader } from "@/lib/empty-answer";

/** Sends an answer marked as empty with `Content-Length: 0` (RFC 9110 §8.6), without the mark. */
export function measureEmptyAnswer(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = ((...values: Parameters<typeof writeHead>) => {
    if (response.hasHeader(emptyAnswerHeader)) {
      response.removeHeader(emptyAnswerHeader);
      response.setHeader("Content-Length", "0");
    }
    return writeHead.apply(response, values);
  }) as typeof writeHead;
}
