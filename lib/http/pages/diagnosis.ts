import { sanitizeForLog } from "@/lib/oauth/ports/context";
import type { Diagnosis } from "@/lib/oauth/wire/errors";
import { findNearest } from "@/lib/oauth/wire/nearest";

/** What was sent and registered, for the log and the audit event; its length is bounded however long the request is. */
export function describeDiagnosis({ clientId, redirectUri, registeredRedirectUris }: Diagnosis) {
  return {
    clientId: sanitizeForLog(clientId),
    redirectUri: sanitizeForLog(redirectUri),
    ...(registeredRedirectUris === undefined
      ? {}
      : {
          nearestRedirectUri: sanitizeForLog(findNearest(redirectUri ?? "", registeredRedirectUris) ?? undefined),
          registeredRedirectUris: registeredRedirectUris.length,
        }),
  };
}
