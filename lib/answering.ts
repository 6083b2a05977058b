import { AsyncLocalStorage } from "node:async_hooks";

/** One HTTP request while it is being answered. */
interface Answering {
  /** Whether something needed for the answer is unavailable at the moment. */
  isUnavailable: boolean;
}

/** On `globalThis`: the server and Next.js each load this module. */
const holder = globalThis as typeof globalThis & { latchkeyAnswering?: AsyncLocalStorage<Answering> };

function storage(): AsyncLocalStorage<Answering> {
  holder.latchkeyAnswering ??= new AsyncLocalStorage();
  return holder.latchkeyAnswering;
}

/** Runs `work`, which answers a request. Anything it calls can turn the answer into a 503. */
export function whileAnswering<T>(answering: Answering, work: () => T): T {
  return storage().run(answering, work);
}

/** Marks the request being answered here as unavailable (503). A page has no other way to choose its status. */
export function noteUnavailable(): void {
  const answering = storage().getStore();
  if (answering) answering.isUnavailable = true;
}
