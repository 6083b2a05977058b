/**
 * The type that a `Content-Type` names, in lower case and without its parameters (RFC 9110 §8.3.1); empty if it
 * names none.
 */
export function readMediaType(contentType: string | null): string {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
