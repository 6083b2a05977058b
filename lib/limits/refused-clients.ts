import { createHash } from "node:crypto";
import { Parameters } from "@/lib/oauth/wire/parameters";
import { RememberedRefusals } from "./remembered-refusals";

/**
 * On `globalThis`: the routes record what they refuse, and the front, which loads this module separately, looks it up.
 */
const holder = globalThis as typeof globalThis & { latchkeyRefusedClients?: RememberedRefusals };

/** Client credentials that this process has answered with 429 after too many failures. */
export function refusedClients(): RememberedRefusals {
  holder.latchkeyRefusedClients ??= new RememberedRefusals();
  return holder.latchkeyRefusedClients;
}

export interface ClientAttempt {
  network: string;
  path: string;
  authorization: string | null;
  /** The form; ignored if there is an `Authorization` header. */
  body: string;
}

/**
 * A key for the credentials of a request from this network to this path; null if there are none that could be refused
 * again in the same way. An assertion differs each time, and a bearer token is not a client credential.
 */
export function refusalKey({ network, path, authorization, body }: ClientAttempt): string | null {
  const credentials = authorization === null ? readBody(body) : readHeader(authorization);
  if (credentials === null) return null;
  // A digest: the credentials themselves are stored nowhere.
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
