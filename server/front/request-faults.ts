import type { IncomingMessage } from "node:http";
import { protectedResources } from "@/lib/http/machine/protected-resources";
import { everyMethod, listEndpoints, listPaths, toPattern } from "@/lib/oauth/endpoints";
import { isUrl } from "@/lib/oauth/wire/is-url";

/** Why a request is refused before it reaches the application; `description` is for the sender. */
export interface Fault {
  status: number;
  description: string;
  headers?: Readonly<Record<string, string>>;
}

const endpoints = listEndpoints();

/** Endpoints that programs call decide themselves what they answer, and so does everything well known. */
const endpoint = toPattern([
  ...endpoints.flatMap(listPaths),
  ...protectedResources.keys(),
  "/.well-known/[[...path]]",
  "/o/.well-known/[[...path]]",
]);

const forUsers = toPattern(endpoints.filter(({ caller }) => caller === "person").flatMap(listPaths));

/** Whether programs call this path, which reads its body itself. */
export function isEndpoint(path: string): boolean {
  return endpoint.test(path);
}

/** Whether a user waits for the answer: a browser that requests a page, or submits its form. */
export function expectsPage({ url = "", headers }: IncomingMessage): boolean {
  const [path = ""] = url.split("?");
  const isForUsers = !isEndpoint(path) || forUsers.test(path);
  return isForUsers && !file.test(path) && /\btext\/html\b/i.test(headers.accept ?? "") && headers.rsc === undefined;
}

/** Files are read-only: Next.js answers anything else with 500. */
const file = /^\/(?:_next\/.*|[^/]+\.[a-z]+)$/;

/** The methods of a path (RFC 9110 §9.1); pages and their forms have only those that browsers send. */
function findMethods(path: string): readonly string[] {
  if (path === "*") return ["OPTIONS"];
  if (isEndpoint(path)) return everyMethod;
  return file.test(path) ? ["GET", "HEAD"] : ["GET", "HEAD", "POST"];
}

/** The first rule that the request breaks, or null. */
export function findRequestFault(request: IncomingMessage): Fault | null {
  return (
    findMethodFault(request) ??
    findHostFault(request) ??
    findTarget(request) ??
    findCodingFault(request) ??
    findOriginFault(request) ??
    findRouterFault(request)
  );
}

/** RFC 9110 §15.5.6. Next.js answers TRACE with 500, and any other method at a page with the page. */
function findMethodFault({ method = "", url = "" }: IncomingMessage): Fault | null {
  const methods = findMethods(url.split("?")[0] ?? "");
  if (methods.includes(method)) return null;
  return { status: 405, description: "The method is not allowed.", headers: { Allow: methods.join(", ") } };
}

/**
 * RFC 9112 §3.2: exactly one, and a valid host. Node.js itself would use the first of several, a proxy perhaps the
 * last.
 */
function findHostFault({ rawHeaders, headers }: IncomingMessage): Fault | null {
  const sent = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  const isHost = /^(?:[A-Za-z0-9._~%-]+|\[[A-Fa-f0-9:.]+\])(?::\d{1,5})?$/.test(headers.host ?? "");
  return sent.length === 1 && isHost ? null : { status: 400, description: "The request must name one host." };
}

function findTarget({ url = "" }: IncomingMessage): Fault | null {
  // RFC 9112 §3.2.4: OPTIONS concerns the server as a whole.
  if (url === "*") return null;
  const description = findTargetFault(url);
  return description === null ? null : { status: 400, description };
}

/** RFC 9110 §15.5.16. No body is decoded here: undecoded, it would be a form without any known parameter. */
function findCodingFault({ method = "", headers }: IncomingMessage): Fault | null {
  const codings = (headers["content-encoding"] ?? "").split(",").map((coding) => coding.trim().toLowerCase());
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return null;
  if (codings.every((coding) => coding === "" || coding === "identity")) return null;
  // RFC 9110 §12.5.3: what would have been accepted.
  const accepted = { "Accept-Encoding": "identity" };
  return { status: 415, description: "The body must not have a Content-Encoding.", headers: accepted };
}

/** What is wrong with a request target in origin form (RFC 9112 §3.2.1), or null. */
export function findTargetFault(target: string): string | null {
  if (!target.startsWith("/")) return "The request target must be a path.";
  const [path = "", ...query] = target.split("?");
  try {
    if (decodeURIComponent(path).includes("\0")) return "The path contains a NUL byte.";
    // Next.js repairs a malformed query before a route sees it, so that it is no longer what was sent.
    decodeURIComponent(query.join("?"));
  } catch {
    return "The request target contains malformed percent-encoding.";
  }
  return null;
}

/** RFC 6454 §7.1. Next.js parses the origin of a form without a check; endpoints compare it and need none. */
function findOriginFault({ url = "", headers: { origin } }: IncomingMessage): Fault | null {
  if (origin === undefined || origin === "null" || isUrl(origin) || isEndpoint(url.split("?")[0] ?? "")) return null;
  return { status: 400, description: "The Origin header is malformed." };
}

const longestRouterHeader = 8 * 1024;

/** Next.js parses its router state without a check: invalid JSON would be answered with 500. */
function findRouterFault({ headers }: IncomingMessage): Fault | null {
  const state = headers["next-router-state-tree"]?.toString();
  if (state === undefined || (state.length <= longestRouterHeader && isRouterState(state))) return null;
  return { status: 400, description: "The Next-Router-State-Tree header is malformed." };
}

/** A tuple that begins with the name of a segment, or with a dynamic segment, and its parallel routes. */
function isRouterState(text: string): boolean {
  try {
    return isSegment(JSON.parse(decodeURIComponent(text)), 0);
  } catch {
    return false;
  }
}

const deepestSegment = 50;

function isSegment(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || depth > deepestSegment) return false;
  const [name, children] = value;
  const isDynamic = Array.isArray(name) && name.length >= 3 && name.length <= 5 && typeof name[0] === "string";
  if (typeof name !== "string" && !isDynamic) return false;
  if (typeof children !== "object" || children === null || Array.isArray(children)) return false;
  return Object.values(children).every((child) => isSegment(child, depth + 1));
}
