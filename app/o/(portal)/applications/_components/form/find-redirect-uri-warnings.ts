import { findRedirectUriProblem, findUndottedScheme } from "@/lib/oauth/client/redirect-uri";

/**
 * Allowed but often a mistake. Addresses that look the same but differ, because redirect URIs are compared character by
 * character (RFC 9700 §2.1): one sentence for each pair. And app schemes that aren't a reversed domain name, which
 * nobody owns (RFC 8252 §7.1, §8.6), except those of well-known apps.
 */
export function findRedirectUriWarnings(uris: readonly string[], knownSchemes: readonly string[] = []): string[] {
  const seen = [...new Set(uris)];
  return [...findPairs(seen), ...findMadeUpSchemes(seen, knownSchemes)];
}

function findMadeUpSchemes(uris: readonly string[], known: readonly string[]): string[] {
  const schemes = uris
    .filter((uri) => findRedirectUriProblem(uri, { allowHttp: true, privateSchemes: "any" }) === null)
    .map(findUndottedScheme)
    .filter((scheme) => scheme !== null && !known.includes(scheme));
  return [...new Set(schemes)].map(
    (scheme) =>
      `Any app on a device can take the scheme ${scheme}: for itself. A reversed domain name, such as com.example.app, is safer.`,
  );
}

function findPairs(seen: readonly string[]): string[] {
  return seen.flatMap((uri, index) =>
    seen.slice(0, index).flatMap((earlier) => {
      const difference = findDifference(earlier, uri);
      return difference
        ? [`${earlier} and ${uri} differ only ${difference}: keep the one that your application sends.`]
        : [];
    }),
  );
}

function findDifference(a: string, b: string): string | null {
  if (dropSlash(a) === dropSlash(b)) return "in the slash at the end";
  if (nameLoopback(a) === nameLoopback(b)) return "in localhost and 127.0.0.1";
  if (dropSlash(nameLoopback(a)) === dropSlash(nameLoopback(b)))
    return "in localhost, 127.0.0.1 and the slash at the end";
  return null;
}

function dropSlash(uri: string): string {
  return uri.replace(/\/$/, "");
}

function nameLoopback(uri: string): string {
  return uri.replace(/^(https?:\/\/)127\.0\.0\.1(?=[:/?]|$)/, "$1localhost");
}
