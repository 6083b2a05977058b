import { TooManyRequestsError } from "../wire/errors";
import type { Client } from "./client";
import type { AdmittedKind, OAuthContext } from "./context";

type Origin = Pick<Client, "id" | "clientType" | "registeredDynamically">;

/**
 * Limits what is stored for a client that anyone can impersonate: a public one, or one that registered itself. The
 * number is bounded by network and by client; longer records count for more. Clients that authenticate and were
 * registered here aren't limited.
 * @throws TooManyRequestsError (RFC 9126 §2.3, RFC 6585 §4)
 */
export function admit(context: OAuthContext, kind: AdmittedKind, client: Origin, characters = 0): void {
  if (client.clientType === "confidential" && !client.registeredDynamically) return;
  const retryAfter = findWait(context, kind, client, characters);
  if (retryAfter > 0) throw new TooManyRequestsError(retryAfter);
}

/** The same for any client, as at the authorization endpoint, where none authenticates; the seconds to wait. */
export function findWait(
  context: OAuthContext,
  kind: AdmittedKind,
  client: Pick<Client, "id">,
  characters: number,
): number {
  return context.admit(kind, client.id, Math.max(1, Math.ceil(characters / 1024)));
}
