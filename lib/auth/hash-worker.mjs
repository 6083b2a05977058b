// Runs in a worker thread. bcryptjs is plain JavaScript: a hash takes a third of a second, in which the event loop of
// the server would answer nobody.
import { currentScheme, findPasswordScheme } from "./password-schemes/schemes.mjs";

/** The result with the milliseconds that it took, by which the queue estimates how long others will wait. */
export default function run({ kind, password, cost, hashes }) {
  const begun = performance.now();
  const result = kind === "hash" ? currentScheme.hash(password, cost) : compare(password, hashes);
  return { result, duration: performance.now() - begun };
}

/** Whether the password matches the first hash. The others are compared too: all of it takes the same time. */
function compare(password, hashes) {
  return hashes.map(({ scheme, hash }) => findPasswordScheme(scheme)?.verify(password, hash) ?? false)[0];
}
