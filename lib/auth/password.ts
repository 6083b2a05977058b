import "server-only";
import path from "node:path";
import { Piscina } from "piscina";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { BusyNetworks } from "@/lib/limits/busy-networks";
import { FairQueue, type Place, QueueBusyError } from "@/lib/limits/fair-queue";
import { planComparison } from "./hash-work";
import { toWork } from "./password-schemes/bcrypt.mjs";
import type { StoredHash } from "./password-schemes/scheme";
import { currentScheme } from "./password-schemes/schemes.mjs";

/** How long a hash may wait for its turn, in milliseconds. Requests that would wait longer are told to come back. */
const longestWait = 3000;
/** How long a network that found no place is told the same again, in milliseconds. Its queue gets shorter meanwhile. */
const busyFor = 1000;
/** Milliseconds per unit of bcrypt work on a machine of 2020, until this one has been measured. */
const expectedDuration = 0.07;

/** The source of a request for a hash. Networks take turns; a request that is aborted leaves the queue. */
export interface HashRequester {
  network: string;
  signal?: AbortSignal | undefined;
}

/** Commands run on the server's own machine. */
const ownMachine: HashRequester = { network: "own machine" };

interface Hashing {
  threads: Piscina;
  queue: FairQueue;
  /** Networks that had no place a moment ago. */
  busy: BusyNetworks;
}

// Hot reload and bundles evaluate this module again, but there must be only one queue.
const holder = globalThis as typeof globalThis & { latchkeyHashing?: Hashing };

function hashing(): Hashing {
  const slots = deployment().passwordHashThreads;
  holder.latchkeyHashing ??= {
    threads: new Piscina({
      filename: path.join(process.cwd(), "lib/auth/hash-worker.mjs"),
      minThreads: 0,
      maxThreads: slots,
      idleTimeout: 60_000,
    }),
    queue: new FairQueue({ slots, longestWait, expectedDuration }),
    busy: new BusyNetworks(busyFor),
  };
  return holder.latchkeyHashing;
}

/** Ends the worker threads; the next hash starts new ones. */
export async function closePasswordPool(): Promise<void> {
  await holder.latchkeyHashing?.threads.destroy();
  delete holder.latchkeyHashing;
}

/** Composed and decomposed letters are the same. */
function normalize(password: string): string {
  return password.normalize("NFC");
}

/** Whether a hash for this network found no place in the queue a moment ago. The front asks: it makes no queue. */
export function isHashingBusyFor(network: string): boolean {
  return holder.latchkeyHashing?.busy.has(network) ?? false;
}

/**
 * Takes a place in the queue before the database is asked for the hash. The caller has to release it.
 * @throws QueueBusyError, AbandonedError
 */
export function enterHashQueue({ network, signal }: HashRequester): Place {
  const { queue, busy } = hashing();
  try {
    return queue.enter({ source: network, work: toWork(currentSettings().passwordHashCost), signal });
  } catch (error) {
    if (error instanceof QueueBusyError) busy.note(network);
    throw error;
  }
}

/** @throws QueueBusyError, AbandonedError */
export async function hashPassword(password: string, requester = ownMachine): Promise<StoredHash> {
  const task = { kind: "hash", password: normalize(password), cost: currentSettings().passwordHashCost };
  const hash = await enterHashQueue(requester).run<string>(() => hashing().threads.run(task));
  return { scheme: currentScheme.name, hash };
}

/**
 * Whether the password is the one that was hashed; false without a hash. The total work is at least
 * `target`, with or without an account, so that the response time doesn't reveal which accounts exist.
 * @throws QueueBusyError, AbandonedError
 */
export async function verifyPassword(
  password: string,
  stored: StoredHash | null,
  { place = enterHashQueue(ownMachine), target = 0 }: { place?: Place; target?: number } = {},
): Promise<boolean> {
  const { hashes, work } = planComparison(stored, Math.max(target, toWork(currentSettings().passwordHashCost)));
  const task = { kind: "compare", password: normalize(password), hashes };
  const matches = await place.run<boolean>(() => hashing().threads.run(task), work);
  return matches && stored !== null;
}

/** Whether the hash uses another scheme or cost than new ones do, and so should be replaced. */
export function isHashOutdated({ scheme, hash }: StoredHash): boolean {
  return scheme !== currentScheme.name || currentScheme.readWork(hash) !== toWork(currentSettings().passwordHashCost);
}
