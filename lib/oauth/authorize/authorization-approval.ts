import { assuresClientIdentity } from "../client/redirect-uri";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { AuthorizationRequest, Session } from "../ports/types";
import { listConsentScopes, listPermissions } from "../scope/consent-entries";
import { includesScopes } from "../scope/scope";
import { meetsRequiredAcr } from "./checks/acr-values";

/** Accounts are made by administrators: who asks for a new one meets the page for those that have one. */
const promptsForSignIn = ["login", "select_account", "create"];

/**
 * Whether someone has to sign in although `session` is there (OpenID Connect Core §3.1.2.1, `prompt` and `max_age`), or
 * has to prove more than they did in it (§5.5.1.1, `acr`).
 */
export function requiresReauthentication(request: AuthorizationRequest, session: Session, now: Date): boolean {
  // Whatever was asked for, this session began for this very request.
  if (request.authenticatedSessionId === session.id) return false;
  if (!isRequiredUser(request, session)) return true;
  if (!meetsRequiredAcr(request, session)) return true;
  if (promptsForSignIn.some((prompt) => request.prompts.includes(prompt))) return true;
  return request.maxAge !== null && now.getTime() - session.authenticatedAt.getTime() >= request.maxAge * 1000;
}

/**
 * Whether the answer may be about the user at this session (OpenID Connect Core §3.1.2.1 `id_token_hint`, §5.5.1
 * `sub`).
 */
export function isRequiredUser(
  { requiredUserId }: Pick<AuthorizationRequest, "requiredUserId">,
  { userId }: Pick<Session, "userId">,
): boolean {
  return requiredUserId === null || requiredUserId === userId;
}

/**
 * Whether an administrator has answered for every person. One who let a client that registered itself skip consent saw
 * its list of scopes, which is no limit to it (docs/adr/0045): the answer is about those on the list.
 */
export function skipsConsent(client: Client, request: Pick<AuthorizationRequest, "scopes" | "claims">): boolean {
  if (!client.skipConsent) return false;
  return !client.registeredDynamically || includesScopes(client.allowedScopes, listConsentScopes(request));
}

/**
 * Whether the person has answered: this request, or one before that covers it (docs/adr/0011). An earlier answer counts
 * only if the same client id can't stand for another program by now (ASVS 10.7.1, RFC 8252 §8.6).
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
