import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import { UntrustedRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/** RFC 9126 §2.2: the prefix of the `request_uri` of every pushed request. */
export const pushedRequestPrefix = "urn:ietf:params:oauth:request_uri:";

/**
 * The `request_uri` of a pushed request; null for a request that brings its own parameters. Such a request is refused
 * if requests have to be pushed (RFC 9126 §5, §6): on a page, because nothing in it can be trusted, not even where an
 * answer would go.
 */
export function checkPushed(context: OAuthContext, client: Client, parameters: Parameters): string | null {
  const requestUri = parameters.get("request_uri");
  if (requestUri?.startsWith(pushedRequestPrefix)) return requestUri;
  if (!context.settings.requirePushedAuthorizationRequests && !client.requirePushedAuthorizationRequests) return null;
  throw new UntrustedRequestError("request_not_pushed", {
    clientId: client.clientId,
    applicationId: client.id,
    redirectUri: parameters.get("redirect_uri"),
  });
}
