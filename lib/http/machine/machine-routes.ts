import type { EndpointName } from "@/lib/oauth/endpoints";
import type { Route } from "./endpoint-route";

/** What answers programs: endpoints by their name in the table, protected resources by their path. */
export interface MachineRoutes {
  endpoints: Readonly<Partial<Record<EndpointName, Partial<Route>>>>;
  resources: Readonly<Record<string, Partial<Route>>>;
}

/** On `globalThis`: Next.js loads what answers, and the front, which loads this module for itself, calls it. */
const holder = globalThis as typeof globalThis & { latchkeyMachineRoutes?: MachineRoutes };

export function publishMachineRoutes(routes: MachineRoutes): void {
  holder.latchkeyMachineRoutes = routes;
}

/** @throws Error before Next.js has loaded them (`instrumentation.ts`) */
export function machineRoutes(): MachineRoutes {
  if (!holder.latchkeyMachineRoutes) throw new Error("The routes of machine endpoints are not loaded.");
  return holder.latchkeyMachineRoutes;
}
