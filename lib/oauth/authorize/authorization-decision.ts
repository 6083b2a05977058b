import { findClient } from "../client/find-client";
import { mayUse } from "../client/permitted-users";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { Decision, Scope, Session } from "../ports/types";
import { listConsentScopes, listPermissions, toConsentEntries } from "../scope/consent-entries";
import { withoutIgnoredScopes } from "../scope/ignored-scopes";
import { includesScopes } from "../scope/scope";
import { digest } from "../wire/digest";
import { UntrustedRequestError } from "../wire/errors";
import { findPendingRequest } from "./authorize";

export interface ConsentPrompt {
  /** Without the digests of its secrets: this goes to a page. */
  client: Pick<Client, "id" | "clientId" | "name" | "clientType" | "registeredDynamically">;
  redirectUri: string;
  scopes: Scope[];
  /** Identifiers of the APIs that the scopes are asked for; empty: nothing in particular. */
  resources: readonly string[];
  /** Scopes that the user has not allowed this application before. */
  newScopes: string[];
}

/**
 * What the consent page asks.
 * @throws UntrustedRequestError if there is nothing to ask
 */
export async function describeConsent(
  context: OAuthContext,
  requestId: string,
  browserId: string,
  session: Session,
): Promise<ConsentPrompt> {
  const request = await findPendingRequest(context, requestId, browserId);
  const client = await findClient(context.stores.clients, request.clientId);
  if (!client || request.decision !== null) throw alreadyDecided();
  const known = await context.stores.scopes.list();
  const permitted = (await context.stores.consents.find(session.userId, client.id)) ?? [];
  const { id, clientId, name, clientType, registeredDynamically } = client;
  const { redirectUri, resources } = request;
  const asked = listConsentScopes(withoutIgnoredScopes(request, client, known));
  return {
    client: { id, clientId, name, clientType, registeredDynamically },
    redirectUri,
    scopes: asked.flatMap((name) => known.filter((scope) => scope.name === name)),
    resources,
    newScopes: asked.filter((name) => !includesScopes(permitted, toConsentEntries([name], resources))),
  };
}

/** Records the session that was started for this request; `prompt` and `max_age` require it. */
export async function recordAuthentication(
  context: OAuthContext,
  requestId: string,
  browserId: string,
  sessionId: string,
): Promise<void> {
  await context.stores.requests.recordAuthentication(digest(requestId), digest(browserId), sessionId);
}

/**
 * Records the user's decision, once, and only in the browser that started the request (RFC 9700 §4.7). An approval is
 * remembered for this user, this application, these scopes and the APIs they were requested for.
 */
export async function decideAuthorization(
  context: OAuthContext,
  input: { requestId: string; browserId: string; session: Session; decision: Decision },
): Promise<void> {
  const { session, decision } = input;
  const pending = await findPendingRequest(context, input.requestId, input.browserId);
  const client = await findClient(context.stores.clients, pending.clientId);
  if (!client) throw alreadyDecided();
  // Nothing is noted: the dispatcher, which comes next, shows them that they may not use it.
  if (decision === "approved" && !(await mayUse(context, client, session.userId))) return;
  const request = withoutIgnoredScopes(pending, client, await context.stores.scopes.list());
  const at = context.now();
  const decided = await context.stores.requests.decide({
    idHash: request.idHash,
    browserHash: request.browserHash,
    sessionId: session.id,
    userId: session.userId,
    applicationId: request.applicationId,
    decision,
    scopes: listPermissions(request),
    at,
    event: {
      type: decision === "approved" ? "authorization.approved" : "authorization.denied",
      at,
      userId: session.userId,
      applicationId: request.applicationId,
      details: {
        scopes: listConsentScopes(request),
        ...(request.resources.length > 0 ? { resources: request.resources } : {}),
      },
    },
  });
  if (!decided) throw alreadyDecided();
}

function alreadyDecided(): UntrustedRequestError {
  return new UntrustedRequestError("request_decided", {});
}
