import "server-only";
import { createHash } from "node:crypto";
import path from "node:path";
import { Piscina } from "piscina";
import { env } from "@/lib/env";

/** How many hashes may wait. Beyond that a sign-in is turned away instead of making everyone wait. */
const maximumQueue = 100;

/** More people are signing in than the server can hash passwords for; try again in a moment. */
export class PasswordQueueFullError extends Error {}

const holder = globalThis as typeof globalThis & { latchkeyPasswordPool?: Piscina };

function pool(): Piscina {
  holder.latchkeyPasswordPool ??= new Piscina({
    filename: path.join(process.cwd(), "lib/auth/password-worker.mjs"),
    minThreads: 0,
    maxThreads: env().PASSWORD_HASH_THREADS,
    maxQueue: maximumQueue,
    idleTimeout: 60_000,
  });
  return holder.latchkeyPasswordPool;
}

/** Ends the worker threads; the next hash starts new ones. */
export async function closePasswordPool(): Promise<void> {
  await holder.latchkeyPasswordPool?.destroy();
  holder.latchkeyPasswordPool = undefined;
}

/**
 * bcrypt reads 72 bytes and stops at a NUL, so it is given a digest of the whole password: 64 characters of base64
 * (docs/adr/0005).
 */
function toDigest(password: string): string {
  return createHash("sha384").update(password.normalize("NFC"), "utf8").digest("base64");
}

export async function hashPassword(password: string): Promise<string> {
  return run({ kind: "hash", digest: toDigest(password), cost: env().PASSWORD_HASH_COST });
}

/**
 * Whether the password is the one that was hashed. Without a hash — an unknown name — it takes as long and says no, so
 * that the answer's time doesn't tell which accounts exist.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = await run<boolean>({
    kind: "compare",
    digest: toDigest(password),
    hash: hash ?? (await decoyHash()),
  });
  return matches && hash !== null;
}

let decoy: Promise<string> | undefined;

function decoyHash(): Promise<string> {
  decoy ??= hashPassword("no account has this password");
  return decoy;
}

async function run<T>(task: object): Promise<T> {
  const threads = pool();
  if (threads.queueSize >= maximumQueue) throw new PasswordQueueFullError();
  return threads.run(task) as Promise<T>;
}
