import { readFileSync } from "node:fs";
import { readVariable } from "./environment";
import type { ServerVariables } from "./own-server";

/** A server with custom settings, shared by all tests that request the same ones: no test may stop or disturb it. */
export interface SharedServer {
  baseUrl: string;
  /** All its output. */
  output(): string;
}

/**
 * Finds the server with these settings, on the database of all tests; the runner (server/test/server-pool.ts) starts it
 * for the first request. Its `PUBLIC_URL` is its own address unless it is among the variables.
 */
export async function findSharedServer(variables: ServerVariables): Promise<SharedServer> {
  const response = await fetch(readVariable("SERVER_POOL"), { method: "POST", body: JSON.stringify(variables) });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  const { baseUrl, logFile }: { baseUrl: string; logFile: string } = JSON.parse(answer);
  return { baseUrl, output: () => readFileSync(logFile, "utf8") };
}
