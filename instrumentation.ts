import { noteUnavailable } from "@/lib/answering";
import { isDatabaseUnavailable } from "@/lib/failures";

/** Next.js calls this with each error of a page: outages are answered as such (server/front/outage-answers.ts). */
export function onRequestError(error: unknown): void {
  if (isDatabaseUnavailable(error)) noteUnavailable();
}
