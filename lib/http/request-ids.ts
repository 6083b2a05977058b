import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import type { Parameters } from "@/lib/oauth/wire/parameters";
import { addUiLocales } from "./ui-locales";

/** The opaque ID of a pending authorization request, as passed on by pages and forms. Undefined if there is none. */
export function readAuthorizationRequestId(form: Parameters): string | undefined {
  const id = form.get("authorization_request");
  if (id !== undefined && !/^[A-Za-z0-9_-]{43}(\.[A-Za-z0-9_-]{43})?$/.test(id)) {
    throw new InvalidRequestError("The authorization_request is malformed.");
  }
  return id;
}

/**
 * The page of the next step of a pending authorization request. Only the languages that the application asked for stand
 * in its address too: what draws the frame of a page knows nothing of the request.
 */
export function stepPath(
  step: "login" | "consent" | "no-access",
  authorizationRequest: string,
  uiLocales: string | null,
): string {
  const parameters = new URLSearchParams({ authorization_request: authorizationRequest });
  return addUiLocales(`/${step}?${parameters}`, uiLocales);
}

/** Back to the dispatcher, which decides what comes next. */
export function authorizePath(authorizationRequest: string): string {
  return `/o/authorize?authorization_request=${encodeURIComponent(authorizationRequest)}`;
}
