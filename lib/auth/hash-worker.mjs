// Runs in a worker thread. bcryptjs is plain JavaScript: a hash takes a third of a second, during which the server's
// event loop would answer no one.
import { getPriority, setPriority } from "node:os";
import { currentScheme, findPasswordScheme } from "./password-schemes/schemes.mjs";

yieldToOthers();

/** The result and the milliseconds it took, from which the queue estimates how long others will wait. */
export default async function run({ kind, password, cost, hashes }) {
  const begun = performance.now();
  const result = kind === "hash" ? currentScheme.hash(password, cost) : await compare(password, hashes);
  return { result, duration: performance.now() - begun };
}

/** Whether the password matches the first hash. The others are compared too, so that the time is always the same. */
async function compare(password, hashes) {
  const results = [];
  for (const { scheme, hash } of hashes) {
    results.push((await findPasswordScheme(scheme)?.verify(password, hash)) ?? false);
  }
  return results[0];
}

/**
 * Machines and people who are already signed in come before passwords. On Linux the priority is that of the calling
 * thread; elsewhere it would be that of the whole process. A sandbox may forbid it, which only costs the difference.
 */
function yieldToOthers() {
  if (process.platform !== "linux") return;
  try {
    setPriority(Math.min(getPriority() + 10, 19));
  } catch {
    // The hashes are computed all the same.
  }
}
