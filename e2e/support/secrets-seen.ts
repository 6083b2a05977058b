import { appendFileSync } from "node:fs";

/**
 * Writes down a secret, code, token or password that a test got hold of. After the run its caller searches the servers'
 * logs for each of them.
 */
export function noteSecret(value: string): void {
  const file = process.env.SECRETS_SEEN;
  if (file && value !== "") appendFileSync(file, `${value}\n`);
}
