import { assuresClientIdentity } from "../client/redirect-uri";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { AuthorizationRequest, Session } from "../ports/types";
import { listConsentScopes, listPermissions } from "../scope/consent-entries";
import { includesScopes } from "../scope/scope";
import { meetsRequiredAcr } from "./checks/acr-values";

/** Only administrators create accounts: a request to create one leads to the sign-in page. */
const promptsForSignIn = ["login", "select_account", "create"];

/**
 * Whether the user has to sign in despite `session` (OpenID Connect Core §3.1.2.1, `prompt` and `max_age`), or needs a
 * stronger authentication than in it (§5.5.1.1, `acr`).
 */
export function requiresReauthentication(request: AuthorizationRequest, session: Session, now: Date): boolean {
  // No matter what was requested: this session began for this very request.
  if (request.authenticatedSessionId === session.id) return false;
  if (!isRequiredUser(request, session)) return true;
  if (!meetsRequiredAcr(request, session)) return true;
  if (promptsForSignIn.some((prompt) => request.prompts.includes(prompt))) return true;
  return request.maxAge !== null && now.getTime() - session.authenticatedAt.getTime() >= request.maxAge * 1000;
}

/**
 * Whether the answer may be about the user of this session (OpenID Connect Core §3.1.2.1 `id_token_hint`, §5.5.1
 * `sub`).
 */
export function isRequiredUser(
  { requiredUserId }: Pick<AuthorizationRequest, "requiredUserId">,
  { userId }: Pick<Session, "userId">,
): boolean {
  return requiredUserId === null || requiredUserId === userId;
}

/**
 * Whether an administrator has consented for all users. An administrator who lets a self-registered client skip consent
 * has seen its list of scopes, which doesn't limit it (docs/adr/0045): the consent covers those on the list.
 */
export function skipsConsent(client: Client, request: Pick<AuthorizationRequest, "scopes" | "claims">): boolean {
  if (!client.skipConsent) return false;
  return !client.registeredDynamically || includesScopes(client.allowedScopes, listConsentScopes(request));
}

/**
 * Whether the user has consented: to this request, or to an earlier one that covers it (docs/adr/0011). Earlier consent
 * counts only if no other program can use the same client ID (ASVS 10.7.1, RFC 8252 §8.6).
 */
export async function isApproved(
  context: OAuthContext,
  client: Client,
  request: AuthorizationRequest,
  session: Session,
): Promise<boolean> {
  if (request.decision === "approved") return true;
  const { consents } = context.stores;
  const asksForConsent = request.approvalPrompt === "force" || request.prompts.includes("consent");
  if (asksForConsent) return false;
  if (skipsConsent(client, request)) return true;
  if (client.clientType === "public" && !assuresClientIdentity(request.redirectUri)) return false;
  // Its operator is unknown to this server: consent counts only in the session in which it was given.
  if (client.registeredDynamically && !(await consents.isUsedInSession(session.id, client.id))) return false;
  const permitted = await consents.find(session.userId, client.id);
  return permitted !== null && includesScopes(permitted, listPermissions(request));
}
