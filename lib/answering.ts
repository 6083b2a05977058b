import { AsyncLocalStorage } from "node:async_hooks";

/** One HTTP request while it is being answered. */
interface Answering {
  /** Something that the answer needed could not be had at the moment. */
  isUnavailable: boolean;
}

/** On `globalThis`: the server and Next.js load this module each for itself. */
const holder = globalThis as typeof globalThis & { latchkeyAnswering?: AsyncLocalStorage<Answering> };

function storage(): AsyncLocalStorage<Answering> {
  holder.latchkeyAnswering ??= new AsyncLocalStorage();
  return holder.latchkeyAnswering;
}

/** Runs `work`, which answers a request; what it calls may find out that the answer is to be 503. */
export function whileAnswering<T>(answering: Answering, work: () => T): T {
  return storage().run(answering, work);
}

/**
 * Notes that the request which is being answered here can't be, at the moment. A page has no other way to choose its
 * status.
 */
export function noteUnavailable(): void {
  const answering = storage().getStore();
  if (answering) answering.isUnavailable = true;
}
