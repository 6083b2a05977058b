/**
 * Whether two texts name one resource. RFC 3986 §6.2.3: without a path, a web address means the same as with the path
 * "/", and clients that build it with a URL parser always send the slash. Nothing else is normalised: a resource has
 * one name.
 */
export function isSameResource(one: string, other: string): boolean {
  return one === other || toRoot(one) === toRoot(other);
}

/** The other spelling of a web address that has no path; null for every other identifier. */
export function findOtherSpelling(identifier: string): string | null {
  if (bareOrigin.test(identifier)) return `${identifier}/`;
  const bare = identifier.replace(/\/$/, "");
  return bare !== identifier && bareOrigin.test(bare) ? bare : null;
}

const bareOrigin = /^https?:\/\/[^/?#]+$/i;

function toRoot(identifier: string): string {
  return bareOrigin.test(identifier) ? `${identifier}/` : identifier;
}
