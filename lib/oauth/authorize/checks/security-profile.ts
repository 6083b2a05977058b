import { signsMessages } from "../../client/fapi";
import { isSigned } from "../../keys/jarm";
import type { Client } from "../../ports/client";
import type { AuthorizationRequest } from "../../ports/types";

/**
 * Whether the client could still make this pending request: it may have begun before the client got a security profile
 * (FAPI 2.0 Security Profile §5.3.2.2 nos. 3 and 5, Message Signing §5.4.1).
 */
export function meetsSecurityProfile(
  client: Client,
  request: Pick<AuthorizationRequest, "codeChallenge" | "responseMode">,
  pushedHash: string | null,
): boolean {
  if (client.securityProfile === null) return true;
  const isAnswerSigned = isSigned(request.responseMode) || !signsMessages(client);
  return pushedHash !== null && request.codeChallenge !== null && isAnswerSigned;
}
