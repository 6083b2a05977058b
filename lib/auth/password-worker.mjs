// Runs in a worker thread. bcryptjs is plain JavaScript: a hash takes a third of a second, in which the event loop of
// the server would answer nobody.
import bcrypt from "bcryptjs";

/** The result with the milliseconds that it took, by which the queue estimates how long others will wait. */
export default function run(task) {
  const begun = performance.now();
  const result = task.kind === "hash" ? bcrypt.hashSync(task.digest, task.cost) : compare(task.digest, task.hashes);
  return { result, duration: performance.now() - begun };
}

/** Whether the digest matches the first hash. The others are compared too: all of it takes the same time. */
function compare(digest, hashes) {
  return hashes.map((hash) => bcrypt.compareSync(digest, hash))[0];
}
