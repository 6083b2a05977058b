import { FairQueue } from "@/lib/limits/fair-queue";

/**
 * Sign-ins that query the database at the same time in this process, in all and from one network. Attempts at one name
 * wait for each other's rows: each would hold a connection meanwhile, of which a process has ten.
 */
const slots = 4;
const slotsPerSource = 2;
/** Milliseconds. */
const longestWait = 3000;
const expectedDuration = 20;

// Each bundle of routes may have a module of its own.
const holder = globalThis as typeof globalThis & { latchkeySignInTurns?: FairQueue };

/**
 * Runs the queries of a sign-in when it is its turn.
 * @throws QueueBusyError, AbandonedError; then no query was made
 */
export function takeSignInTurn<T>(
  { network, signal }: { network: string; signal?: AbortSignal | undefined },
  query: () => Promise<T>,
): Promise<T> {
  holder.latchkeySignInTurns ??= new FairQueue({ slots, slotsPerSource, longestWait, expectedDuration });
  return holder.latchkeySignInTurns.run({ source: network, work: 1, signal, start: () => time(query) });
}

async function time<T>(query: () => Promise<T>): Promise<{ result: T; duration: number }> {
  const startedAt = performance.now();
  const result = await query();
  return { result, duration: performance.now() - startedAt };
}
