import { findRedirectUriProblem, findUndottedScheme } from "@/lib/oauth/client/redirect-uri";

/** Something to look at again, with the name of its text. */
export type AddressNote =
  | { name: "duplicate" | Difference | "several"; values: { row: string } }
  | { name: "madeUpScheme"; values: { scheme: string } };

/** What alone tells two addresses apart. */
type Difference = "slash" | "loopback" | "port" | "scheme";

interface Parts {
  scheme: string;
  host: string;
  port: string;
  rest: string;
}

/**
 * Allowed but often a mistake, for each of `addresses`; null: nothing. Those that look like an earlier one, because
 * redirect URIs are compared character by character (RFC 9700 §2.1). And app schemes that aren't a reversed domain
 * name, which nobody owns (RFC 8252 §7.1, §8.6), except those of well-known apps. One pass: there may be hundreds.
 */
export function findAddressNotes(
  addresses: readonly string[],
  knownSchemes: readonly string[] = [],
): (AddressNote | null)[] {
  const rows = new Map<string, number>();
  const alike = new Map<string, { row: number; parts: Parts }>();
  return addresses.map((address, index): AddressNote | null => {
    if (address === "") return null;
    const same = rows.get(address);
    if (same !== undefined) return { name: "duplicate", values: { row: String(same + 1) } };
    rows.set(address, index);
    const parts = readParts(address);
    if (!parts) return findMadeUpScheme(address, knownSchemes);
    const key = `${nameLoopback(parts.host)} ${dropSlash(parts.rest)}`;
    const earlier = alike.get(key);
    if (earlier) return { name: findDifference(earlier.parts, parts), values: { row: String(earlier.row + 1) } };
    alike.set(key, { row: index, parts });
    return null;
  });
}

function readParts(address: string): Parts | null {
  const [, scheme, host, port = "", rest] =
    /^(https?):\/\/(\[[^\]]*\]|[^/?#:@]*)(?::(\d+))?([/?#].*)?$/i.exec(address) ?? [];
  return scheme === undefined || !host ? null : { scheme, host, port, rest: rest ?? "" };
}

function findDifference(one: Parts, other: Parts): Difference | "several" {
  const differences: [Difference, boolean][] = [
    ["slash", one.rest !== other.rest],
    ["loopback", one.host !== other.host],
    ["port", one.port !== other.port],
    ["scheme", one.scheme !== other.scheme],
  ];
  const [first, ...more] = differences.filter(([, differs]) => differs);
  return first && more.length === 0 ? first[0] : "several";
}

function findMadeUpScheme(uri: string, known: readonly string[]): AddressNote | null {
  if (findRedirectUriProblem(uri, { allowHttp: true, privateSchemes: "any" }) !== null) return null;
  const scheme = findUndottedScheme(uri);
  return scheme === null || known.includes(scheme) ? null : { name: "madeUpScheme", values: { scheme } };
}

/** The end of the path; a query may follow. */
function dropSlash(rest: string): string {
  return rest.replace(/\/(?=\?|#|$)/, "");
}

function nameLoopback(host: string): string {
  return host === "127.0.0.1" || host === "[::1]" ? "localhost" : host.toLowerCase();
}
