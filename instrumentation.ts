import { noteUnavailable } from "@/lib/answering";
import { isDatabaseUnavailable } from "@/lib/database-errors";

/**
 * Next.js calls this when it starts. It gives the front the functions that are also the routes of Next.js, with the
 * caches, counts and connections that they have here (docs/adr/0056).
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "edge") return;
  const { machineEndpoints } = await import("@/lib/endpoint-routes");
  const { publishMachineRoutes } = await import("@/lib/http/machine/machine-routes");
  const resource = await import("@/app/resource/route");
  publishMachineRoutes({
    endpoints: machineEndpoints(),
    resources: { "/resource": { GET: resource.GET, HEAD: resource.GET } },
  });
}

/** Next.js calls this with each error of a page: outages are answered as such (server/front/outage-answers.ts). */
export function onRequestError(error: unknown): void {
  if (isDatabaseUnavailable(error)) noteUnavailable();
}
