import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpRequest } from "@/lib/http/http-request";
import type { Route } from "@/lib/http/machine/endpoint-route";
import type { MachineRoutes } from "@/lib/http/machine/machine-routes";
import type { Handler } from "@/lib/http/machine/protocol-route";
import { type EndpointName, endpoints, listPaths, toPattern } from "@/lib/oauth/endpoints";
import { sendAnswer } from "./send-answer";

/** By method. */
type Handlers = ReadonlyMap<string, Handler>;

/** Answers a request whose body has come. */
export type Answer = (body: Uint8Array | null, response: ServerResponse) => Promise<void>;

/**
 * Segments that read the same to everyone: nothing encoded, none empty or of dots. What Next.js makes of others is left
 * to it.
 */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+\/?$/;

interface MachineEndpointsOptions {
  publicUrl: string;
  /** Waits until the time is known, if it isn't. */
  settle: () => Promise<void> | null;
}

/** Finds what answers the requests of programs, so that they don't pass through the router of Next.js. */
export class MachineEndpoints {
  readonly #options: MachineEndpointsOptions;
  readonly #byPath = new Map<string, Handlers>();
  readonly #byPattern: { pattern: RegExp; handlers: Handlers }[] = [];

  constructor({ endpoints: routes, resources }: MachineRoutes, options: MachineEndpointsOptions) {
    this.#options = options;
    for (const [name, route] of Object.entries(routes)) {
      for (const path of listPaths(endpoints[name as EndpointName])) this.#add(path, route);
    }
    for (const [path, route] of Object.entries(resources)) this.#add(path, route);
  }

  #add(path: string, route: Partial<Route>): void {
    const handlers = new Map(Object.entries(route));
    if (path.includes("[")) this.#byPattern.push({ pattern: toPattern([path]), handlers });
    else for (const form of [path, `${path}/`]) this.#byPath.set(form, handlers);
  }

  /** What answers a request that has passed the checks of the front; null leaves it to Next.js. */
  find(request: IncomingMessage): Answer | null {
    const { method = "", url = "" } = request;
    const [path = ""] = url.split("?", 1);
    const handler = (this.#byPath.get(path) ?? this.#match(path))?.get(method);
    // RFC 9112 §3.2: a target has no fragment.
    if (!handler || url.includes("#")) return null;
    return (body, response) => this.#answer(handler, request, body, response);
  }

  #match(path: string): Handlers | undefined {
    if (!plainPath.test(path)) return undefined;
    return this.#byPattern.find(({ pattern }) => pattern.test(path))?.handlers;
  }

  async #answer(handler: Handler, request: IncomingMessage, body: Uint8Array | null, response: ServerResponse) {
    const { method = "", url = "" } = request;
    const { publicUrl, settle } = this.#options;
    await settle();
    const light: HttpRequest = { method, url: `${publicUrl}${url}`, headers: toHeaders(request), body };
    await sendAnswer(await handler(light), request, response);
  }
}

function toHeaders({ headers: sent }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(sent)) {
    if (value !== undefined) headers.set(name, typeof value === "string" ? value : value.join(", "));
  }
  return headers;
}
