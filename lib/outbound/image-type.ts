const signatures: readonly [mediaType: string, start: string, offset?: number][] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
  // After "RIFF" and four bytes of length.
  ["image/webp", "WEBPVP8", 8],
];

/**
 * The media type of an image by its first bytes; null for anything else. No SVG: it is a document that can contain
 * scripts.
 */
export function findImageType(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 16).toString("latin1");
  return signatures.find(([, start, offset = 0]) => head.startsWith(start, offset))?.[0] ?? null;
}
