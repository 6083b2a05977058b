import { getBrowserId } from "@/lib/auth/browser";
import { getTexts } from "@/lib/messages/request-locale";
import { findPendingRequest } from "@/lib/oauth/authorize/authorize";
import { findClient } from "@/lib/oauth/client/find-client";
import type { Client } from "@/lib/oauth/ports/client";
import type { AuthorizationRequest } from "@/lib/oauth/ports/types";
import { UntrustedRequestError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";

/** What a page in the middle of a flow shows: the request, or why there is none. */
export type PendingRequest =
  | { kind: "pending"; id: string; request: AuthorizationRequest; client: Client }
  | { kind: "refused"; explanation: string };

/** The authorization request that a page continues, if it belongs to this browser and is still pending. */
export async function readPendingRequest(id: string): Promise<PendingRequest> {
  const oauth = oauthServer();
  return explainRefusal(async () => {
    const request = await findPendingRequest(oauth, id, await getBrowserId());
    const client = await findClient(oauth.stores.clients, request.clientId);
    if (!client) throw new UntrustedRequestError("client_deleted", {});
    return { kind: "pending", id, request, client } as const;
  });
}

/** Runs `read`. An error that the user should see becomes part of the page. */
export async function explainRefusal<T>(read: () => Promise<T>): Promise<T | { kind: "refused"; explanation: string }> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UntrustedRequestError)) throw error;
    return { kind: "refused", explanation: (await getTexts("errors"))(`refusals.${error.reason}`) };
  }
}
