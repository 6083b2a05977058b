import { appendFileSync } from "node:fs";

/**
 * Records a secret, code, token or password that a test obtained. After the run, the runner searches the servers' logs
 * for each of them.
 */
export function noteSecret(value: string): void {
  const file = process.env.SECRETS_SEEN;
  if (file && value !== "") appendFileSync(file, `${value}\n`);
}
