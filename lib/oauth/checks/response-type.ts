import { InvalidRequestError, OAuthError, UnauthorizedClientError, UnsupportedResponseTypeError } from "../errors";
import type { Parameters } from "../parameters";
import type { Client } from "../types";

/** RFC 6749 §3.1.1, and RFC 9700 §2.1.2: only `code`, tokens never pass through the browser. */
export function checkResponseType(client: Client, parameters: Parameters): void {
  const responseType = parameters.get("response_type");
  if (responseType === undefined) throw new InvalidRequestError("The parameter response_type is missing.");
  if (responseType !== "code") throw new UnsupportedResponseTypeError();
  if (!client.grantTypes.includes("authorization_code")) throw new UnauthorizedClientError();
}

/** Parameters of extensions that this server does not offer are refused in the words of those extensions. */
export function checkUnsupported(parameters: Parameters): void {
  // OpenID Connect Core §6.1, §6.2.
  if (parameters.has("request")) throw new OAuthError("request_not_supported", "Request objects are not supported.");
  if (parameters.has("request_uri")) {
    throw new OAuthError("request_uri_not_supported", "Only a request_uri of this server is supported.");
  }
}
