import { createServer } from "node:net";
import { SetupError } from "./run-program.mjs";

/**
 * The addresses to listen on for a value of HOST. By default both `localhost` and `127.0.0.1` answer, and a browser may
 * resolve the first to ::1.
 * @param {string} host
 */
export function listListenAddresses(host) {
  return host === "127.0.0.1" || host === "localhost" ? ["127.0.0.1", "::1"] : [host];
}

/**
 * Rejects a port that is in use, before any work is wasted.
 * @param {number} port
 * @param {string} host
 */
export async function checkPort(port, host) {
  for (const address of listListenAddresses(host)) {
    const code = await tryToListen(port, address);
    if (code === "EADDRINUSE") throw new SetupError(describePortInUse(port));
  }
}

/** @param {number} port */
export function describePortInUse(port) {
  return `Port ${port} is in use: another Latchkey, or another program. Stop it, or choose a port: PORT=${port + 1} npm start`;
}

/**
 * @param {number} port
 * @param {string} address
 * @returns {Promise<string | null>} the error's code
 */
function tryToListen(port, address) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? "unknown"));
    server.listen(port, address, () => server.close(() => resolve(null)));
  });
}
