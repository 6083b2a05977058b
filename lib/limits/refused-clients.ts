import { createHash } from "node:crypto";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { RememberedRefusals } from "./remembered-refusals";

/**
 * On `globalThis`: the routes note what they refuse, and the front, which loads this module for itself, looks it up.
 */
const holder = globalThis as typeof globalThis & { latchkeyRefusedClients?: RememberedRefusals };

/** Client credentials that this process has answered by 429 after too many failures. */
export function refusedClients(): RememberedRefusals {
  holder.latchkeyRefusedClients ??= new RememberedRefusals();
  return holder.latchkeyRefusedClients;
}

export interface ClientAttempt {
  network: string;
  path: string;
  authorization: string | null;
  /** The form; not looked at if there is an `Authorization` header. */
  body: string;
}

/**
 * What stands for the credentials of a request, from this network and to this path; null if it has none that could be
 * refused in the same way again. An assertion is another one each time, and a bearer token is no credential of a
 * client.
 */
export function refusalKey({ network, path, authorization, body }: ClientAttempt): string | null {
  const credentials = authorization === null ? readBody(body) : readHeader(authorization);
  if (credentials === null) return null;
  // A digest: the credentials themselves are kept nowhere.
  return createHash("sha256")
    .update(JSON.stringify([network, path.replace(/\/$/, ""), ...credentials]))
    .digest("base64url");
}

function readHeader(authorization: string): unknown[] | null {
  return /^basic /i.test(authorization) ? [authorization] : null;
}

function readBody(body: string): unknown[] | null {
  try {
    const parameters = Parameters.parse(body);
    parameters.refuseRepeated();
    const [clientId, clientSecret] = [parameters.get("client_id"), parameters.get("client_secret")];
    if (clientId === undefined || parameters.has("client_assertion")) return null;
    return [clientId, clientSecret ?? null];
  } catch {
    return null;
  }
}
