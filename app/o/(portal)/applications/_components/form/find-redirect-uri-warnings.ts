import { findRedirectUriProblem, findUndottedScheme } from "@/lib/oauth/client/redirect-uri";

/** Something to look at again, with the name of its text. */
export type RedirectUriWarning =
  | { name: Difference; values: { earlier: string; later: string } }
  | { name: "madeUpScheme"; values: { scheme: string } };

/** What alone tells two addresses apart. */
type Difference = "slash" | "loopback" | "loopbackAndSlash";

/**
 * Allowed but often a mistake. Addresses that look the same but differ, because redirect URIs are compared character by
 * character (RFC 9700 §2.1): one warning for each pair. And app schemes that aren't a reversed domain name, which
 * nobody owns (RFC 8252 §7.1, §8.6), except those of well-known apps.
 */
export function findRedirectUriWarnings(
  uris: readonly string[],
  knownSchemes: readonly string[] = [],
): RedirectUriWarning[] {
  const seen = [...new Set(uris)];
  return [...findPairs(seen), ...findMadeUpSchemes(seen, knownSchemes)];
}

function findMadeUpSchemes(uris: readonly string[], known: readonly string[]): RedirectUriWarning[] {
  const schemes = uris
    .filter((uri) => findRedirectUriProblem(uri, { allowHttp: true, privateSchemes: "any" }) === null)
    .flatMap((uri) => findUndottedScheme(uri) ?? [])
    .filter((scheme) => !known.includes(scheme));
  return [...new Set(schemes)].map((scheme) => ({ name: "madeUpScheme", values: { scheme } }));
}

function findPairs(seen: readonly string[]): RedirectUriWarning[] {
  return seen.flatMap((later, index) =>
    seen.slice(0, index).flatMap((earlier): RedirectUriWarning[] => {
      const difference = findDifference(earlier, later);
      return difference ? [{ name: difference, values: { earlier, later } }] : [];
    }),
  );
}

function findDifference(a: string, b: string): Difference | null {
  if (dropSlash(a) === dropSlash(b)) return "slash";
  if (nameLoopback(a) === nameLoopback(b)) return "loopback";
  return dropSlash(nameLoopback(a)) === dropSlash(nameLoopback(b)) ? "loopbackAndSlash" : null;
}

function dropSlash(uri: string): string {
  return uri.replace(/\/$/, "");
}

function nameLoopback(uri: string): string {
  return uri.replace(/^(https?:\/\/)127\.0\.0\.1(?=[:/?]|$)/, "$1localhost");
}
