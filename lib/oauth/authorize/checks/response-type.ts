import type { Client } from "../../ports/client";
import { InvalidRequestError, UnauthorizedClientError, UnsupportedResponseTypeError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/** RFC 6749 §3.1.1, and RFC 9700 §2.1.2: only `code`, tokens never pass through the browser. */
export function checkResponseType(client: Client, parameters: Parameters): void {
  const responseType = parameters.get("response_type");
  if (responseType === undefined) throw new InvalidRequestError("The parameter response_type is missing.");
  if (responseType !== "code") throw new UnsupportedResponseTypeError();
  if (!client.grantTypes.includes("authorization_code")) throw new UnauthorizedClientError();
}
