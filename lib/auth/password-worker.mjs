// Runs in a worker thread. bcryptjs is plain JavaScript: a hash takes a third of a second, in which the event loop of
// the server would answer nobody.
import bcrypt from "bcryptjs";

export default function run(task) {
  return task.kind === "hash" ? bcrypt.hashSync(task.digest, task.cost) : bcrypt.compareSync(task.digest, task.hash);
}
