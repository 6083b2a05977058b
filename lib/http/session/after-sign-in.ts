import "server-only";
import { getBrowserId } from "@/lib/auth/browser";
import { recordAuthentication } from "@/lib/oauth/authorize/authorization-decision";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin } from "../client-origin";
import { toLocalPath } from "../forms/local-path";
import { authorizePath, readAuthorizationRequestId } from "../request-ids";

/** Where the browser goes once it is signed in: on with the form's authorization request, to its `next`, or home. */
export async function continueSignedIn(form: Parameters, headers: Headers, sessionId: string): Promise<string> {
  const authorizationRequest = readAuthorizationRequestId(form);
  if (!authorizationRequest) return toLocalPath(form.get("next")) ?? "/";
  const server = oauthServer(clientOrigin(headers));
  await recordAuthentication(server, authorizationRequest, await getBrowserId(), sessionId);
  return authorizePath(authorizationRequest);
}
