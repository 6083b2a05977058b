/**
 * With this header a route tells the front that its answer has no body. Next.js drops a `Content-Length` and sends the
 * head before it knows that nothing follows, so the answer would be chunked. The header never leaves the server.
 */
export const emptyAnswerHeader = "x-latchkey-empty";
