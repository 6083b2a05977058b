/**
 * What is allowed and yet often a slip: addresses that look the same and, because redirect URIs are compared character
 * by character (RFC 9700 §2.1), are not. One sentence for each pair.
 */
export function findRedirectUriWarnings(uris: readonly string[]): string[] {
  const seen = [...new Set(uris)];
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
