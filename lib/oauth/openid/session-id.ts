import type { Client } from "../ports/client";
import { digest } from "../wire/digest";

export type SidClient = Pick<
  Client,
  "backchannelLogoutUri" | "frontchannelLogoutUri" | "postLogoutRedirectUris" | "allowedOrigins"
>;

/**
 * Whether the ID tokens of this client name their session. It is optional (Back-Channel Logout §2.1, Front-Channel
 * Logout §3), and of use only to clients that are notified of a logout, start one, or have scripts that watch the
 * session (Session Management §3), for which they need an origin.
 */
export function takesSid(client: SidClient): boolean {
  return (
    client.backchannelLogoutUri !== null ||
    client.frontchannelLogoutUri !== null ||
    client.postLogoutRedirectUris.length > 0 ||
    client.allowedOrigins.length > 0
  );
}

/**
 * The `sid` of a session for one application (OpenID Connect Back-Channel Logout §2.1): applications can't find out by
 * comparing theirs that they serve the same user.
 */
export function toSid(sessionId: string, applicationId: string): string {
  return digest(`sid ${sessionId} ${applicationId}`);
}
