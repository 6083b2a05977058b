/**
 * What handlers read of a request. Next.js passes a `Request`, and the front an object that costs less to make, whose
 * body has arrived.
 */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | Uint8Array | null;
}
