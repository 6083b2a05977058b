import "server-only";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { log } from "@/lib/log";
import type { Client } from "@/lib/oauth/ports/client";
import { onDemandAlgorithms } from "@/lib/oauth/wire/algorithms";

type SigningFields = Pick<
  Client,
  | "idTokenSignedResponseAlg"
  | "userinfoSignedResponseAlg"
  | "authorizationSignedResponseAlg"
  | "introspectionSignedResponseAlg"
>;

/**
 * After an application with these fields has been stored: publishes a key for an algorithm that no other application
 * uses, before anything is signed with it. If that fails, the key is created on first use.
 */
export async function publishSigningKeys(fields: SigningFields): Promise<void> {
  const used = [
    fields.idTokenSignedResponseAlg,
    fields.userinfoSignedResponseAlg,
    fields.authorizationSignedResponseAlg,
    fields.introspectionSignedResponseAlg,
  ];
  if (!onDemandAlgorithms.some((algorithm) => used.includes(algorithm))) return;
  try {
    getKeyRing().expire();
    await getKeyRing().publicKeys();
  } catch (error) {
    log().error({ err: error }, "a signing key could not be published");
  }
}
