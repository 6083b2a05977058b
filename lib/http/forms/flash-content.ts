import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

/** In bytes: more than any form of ours has. */
const longestContent = 256 * 1024;

/** Quick, and half as long for what people write. */
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** What a flash seals, as small as it gets: a cookie holds 4 kB. */
export function packContent(content: unknown): Uint8Array {
  return brotliCompressSync(JSON.stringify(content), options);
}

/** @throws if it isn't what `packContent` returns */
export function unpackContent(packed: Uint8Array): unknown {
  return JSON.parse(brotliDecompressSync(packed, { maxOutputLength: longestContent }).toString());
}
