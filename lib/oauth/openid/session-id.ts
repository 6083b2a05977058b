import { digest } from "../digest";

/**
 * The `sid` of a session for one application (OpenID Connect Back-Channel Logout §2.1): applications that compare theirs
 * don't learn that they serve the same person.
 */
export function toSid(sessionId: string, applicationId: string): string {
  return digest(`sid ${sessionId} ${applicationId}`);
}
