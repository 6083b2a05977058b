import type { OAuthContext } from "./context";
import { toPermissions } from "./permission";
import { assuresClientIdentity } from "./redirect-uri";
import { includesScopes } from "./scope";
import type { AuthorizationRequest, Client, Session } from "./types";

/** Whether someone has to sign in although `session` is there (OpenID Connect Core §3.1.2.1, `prompt` and `max_age`). */
export function wantsNewSignIn(
  request: AuthorizationRequest,
  session: Pick<Session, "id" | "authenticatedAt">,
  now: Date,
): boolean {
  // Whatever was asked for, this session began for this very request.
  if (request.authenticatedSessionId === session.id) return false;
  if (request.prompts.includes("login") || request.prompts.includes("select_account")) return true;
  return request.maxAge !== null && now.getTime() - session.authenticatedAt.getTime() >= request.maxAge * 1000;
}

/** Whether the person has answered: this request, or one before that covers it (docs/adr/0011). */
export async function isApproved(
  context: OAuthContext,
  client: Client,
  request: AuthorizationRequest,
  session: Session,
): Promise<boolean> {
  if (request.decision === "approved") return true;
  const asksForConsent = request.approvalPrompt === "force" || request.prompts.includes("consent");
  if (asksForConsent) return false;
  if (client.skipConsent) return true;
  if (!isIdentityAssured(client, request.redirectUri)) return false;
  const permitted = await context.stores.consents.find(session.userId, client.id);
  return permitted !== null && includesScopes(permitted, toPermissions(request.scopes, request.resources));
}

/** Else nobody's earlier answer counts: the same name may stand for somebody else now (ASVS 10.7.1, RFC 8252 §8.6). */
function isIdentityAssured(client: Client, redirectUri: string): boolean {
  if (client.registeredDynamically) return false;
  return client.clientType === "confidential" || assuresClientIdentity(redirectUri);
}
