import "server-only";
import { createHash } from "node:crypto";
import path from "node:path";
import { Piscina } from "piscina";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { FairQueue, type Place } from "@/lib/limits/fair-queue";
import { planComparison, readHashCost, toWork } from "./hash-work";

/** Milliseconds that a hash may wait for its turn. Whoever would wait longer is told to come back. */
const longestWait = 3000;
/** Of a unit of bcrypt's work on a machine of 2020, until this one has been measured. */
const expectedDuration = 0.07;

/** Who asks for a hash. Networks take turns; whoever has gone leaves the queue. */
export interface HashRequester {
  network: string;
  signal?: AbortSignal | undefined;
}

/** Commands on the server's own machine. */
const ownMachine: HashRequester = { network: "own machine" };

interface Hashing {
  threads: Piscina;
  queue: FairQueue;
}

// Hot reload and bundles evaluate this module again; there must be one queue.
const holder = globalThis as typeof globalThis & { latchkeyHashing?: Hashing };

function hashing(): Hashing {
  const slots = deployment().passwordHashThreads;
  holder.latchkeyHashing ??= {
    threads: new Piscina({
      filename: path.join(process.cwd(), "lib/auth/password-worker.mjs"),
      minThreads: 0,
      maxThreads: slots,
      idleTimeout: 60_000,
    }),
    queue: new FairQueue({ slots, longestWait, expectedDuration }),
  };
  return holder.latchkeyHashing;
}

/** Ends the worker threads; the next hash starts new ones. */
export async function closePasswordPool(): Promise<void> {
  await holder.latchkeyHashing?.threads.destroy();
  delete holder.latchkeyHashing;
}

/**
 * bcrypt reads 72 bytes and stops at a NUL, so it is given a digest of the whole password: 64 characters of base64
 * (docs/adr/0005).
 */
function toDigest(password: string): string {
  return createHash("sha384").update(password.normalize("NFC"), "utf8").digest("base64");
}

/**
 * Takes a place in the queue, before the database is asked for the hash. The caller gives it up again.
 * @throws QueueBusyError, AbandonedError
 */
export function enterHashQueue({ network, signal }: HashRequester): Place {
  return hashing().queue.enter({ source: network, work: toWork(currentSettings().passwordHashCost), signal });
}

/** @throws QueueBusyError, AbandonedError */
export async function hashPassword(password: string, requester = ownMachine): Promise<string> {
  const cost = currentSettings().passwordHashCost;
  const task = { kind: "hash", digest: toDigest(password), cost };
  return enterHashQueue(requester).run(() => hashing().threads.run(task));
}

/**
 * Whether the password is the one that was hashed; false without a hash. It is as much work for every account and for
 * none as one hash at `level`, so that the time of the answer doesn't tell which accounts exist.
 * @throws QueueBusyError, AbandonedError
 */
export async function verifyPassword(
  password: string,
  hash: string | null,
  { place = enterHashQueue(ownMachine), level = 0 }: { place?: Place; level?: number } = {},
): Promise<boolean> {
  const { hashes, work } = planComparison(hash, Math.max(level, currentSettings().passwordHashCost));
  const task = { kind: "compare", digest: toDigest(password), hashes };
  const matches = await place.run<boolean>(() => hashing().threads.run(task), work);
  return matches && hash !== null;
}

/**
 * Whether the hash was made at another cost than the configured one, and so should be made anew when it next can be.
 */
export function isHashOutdated(hash: string): boolean {
  return readHashCost(hash) !== currentSettings().passwordHashCost;
}
