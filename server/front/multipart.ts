import type { IncomingMessage } from "node:http";
import type { Arrived } from "./incoming-bodies";
import { isEndpoint } from "./request-faults";

/** Whether Next.js will parse the body as the form of a page. */
export function isMultipart({ method, url = "", headers }: IncomingMessage): boolean {
  if (isEndpoint(url.split("?")[0] ?? "")) return false;
  return method === "POST" && /^multipart\/form-data\b/i.test(headers["content-type"] ?? "");
}

/** Whether Next.js can parse the form; it would answer any other with 500. */
export async function isReadableMultipart({ headers }: IncomingMessage, body: Arrived["body"]): Promise<boolean> {
  try {
    await new Response(body, { headers: { "Content-Type": headers["content-type"] ?? "" } }).formData();
    return true;
  } catch {
    return false;
  }
}
