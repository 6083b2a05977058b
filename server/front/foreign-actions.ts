import type { IncomingMessage, ServerResponse } from "node:http";
import { ownOrigins } from "@/lib/auth/own-origin";
import { foreignFormPage } from "@/lib/http/forms/foreign-form";
import { isMultipart } from "./multipart";
import { standalonePage } from "./standalone-page";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Next.js answers a server action from another origin with 500. This makes it a 403 with a page that explains it. */
export function refuseForeignActions(handle: Handle, publicUrl: string): Handle {
  return async (request, response) => {
    if (!isForeignAction(request, publicUrl)) return handle(request, response);
    const origin = new Headers({ ...readOrigin(request) });
    const { status, sentences, html, headers } = standalonePage(request, (t) => foreignFormPage(origin, t), publicUrl);
    // A page's script shows a text as the reason, but treats HTML as unexpected.
    const isScript = request.headers["next-action"] !== undefined;
    const body = isScript ? sentences : html;
    const type = isScript ? { "Content-Type": "text/plain; charset=utf-8" } : {};
    response.writeHead(status, { ...headers, ...type }).end(body);
  };
}

function isForeignAction(request: IncomingMessage, publicUrl: string): boolean {
  const { method, headers } = request;
  const isAction = method === "POST" && (headers["next-action"] !== undefined || isMultipart(request));
  return isAction && headers.origin !== undefined && !ownOrigins(publicUrl).includes(headers.origin);
}

function readOrigin({ headers }: IncomingMessage): Record<string, string> {
  const site = headers["sec-fetch-site"]?.toString();
  return { origin: headers.origin ?? "", ...(site === undefined ? {} : { "sec-fetch-site": site }) };
}
