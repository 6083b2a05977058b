import { isUrl } from "@/lib/oauth/wire/is-url";
import { isLoopbackHost } from "@/lib/oauth/wire/loopback";

/** What alone tells two addresses apart. */
export const uriDifferences = ["slash", "scheme", "case", "loopback", "several"] as const;

export type UriDifference = (typeof uriDifferences)[number];

export interface SimilarUris {
  one: string;
  other: string;
  difference: UriDifference;
}

const simplify: Readonly<Record<Exclude<UriDifference, "several">, (uri: string) => string>> = {
  slash: (uri) => uri.replace(/\/+(?=\?|$)/, ""),
  scheme: (uri) => uri.replace(/^https:/, "http:"),
  case: (uri) => uri.toLowerCase(),
  loopback: (uri) =>
    isUrl(uri) && isLoopbackHost(new URL(uri).hostname)
      ? uri.replace(/^(https?:\/\/)(\[[^\]]*\]|[^/?#:]+)/, "$1localhost")
      : uri,
};

/**
 * Pairs of addresses that a person takes for the same and the server doesn't: redirect URIs are compared character by
 * character (RFC 9700 §2.1). Each address is paired with the first one that it resembles.
 */
export function findSimilarUris(uris: readonly string[]): SimilarUris[] {
  const first = new Map<string, string>();
  return [...new Set(uris)].flatMap((other): SimilarUris[] => {
    const key = Object.values(simplify).reduce((text, step) => step(text), other);
    const one = first.get(key);
    if (one === undefined) {
      first.set(key, other);
      return [];
    }
    return [{ one, other, difference: nameDifference(one, other) }];
  });
}

function nameDifference(one: string, other: string): UriDifference {
  const names = Object.keys(simplify) as (keyof typeof simplify)[];
  return names.find((name) => simplify[name](one) === simplify[name](other)) ?? "several";
}
