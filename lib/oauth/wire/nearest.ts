/** Characters. The rest of an address doesn't help to find what was meant. */
const compared = 500;

/**
 * The registered address nearest to the one that was sent: with the most characters in common at both ends. A mistyped
 * path or host is found, and it costs no more than reading the addresses once. Null if nothing is registered.
 */
export function findNearest(sent: string, registered: readonly string[]): string | null {
  let nearest: string | null = null;
  let best = -1;
  for (const candidate of registered) {
    const likeness = countCommon(sent.slice(0, compared), candidate.slice(0, compared));
    if (likeness > best) [nearest, best] = [candidate, likeness];
  }
  return nearest;
}

function countCommon(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}
