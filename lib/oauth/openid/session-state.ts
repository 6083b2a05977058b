import { digest, randomToken } from "../wire/digest";

/**
 * What a `session_state` is computed from: the client, the origin of its page and the state of sign-in in the browser.
 */
export interface SessionStateSubject {
  clientId: string;
  /** Of the page that asks, which is the origin of the redirect URI. */
  origin: string;
  /** Changes when another person signs in or the session ends; empty if nobody is signed in. */
  browserState: string;
}

/**
 * The `session_state` of an authorization response (OpenID Connect Session Management §2). The salt keeps a client from
 * comparing what it got with what another one did.
 */
export function toSessionState(subject: SessionStateSubject, salt: string = randomToken().slice(0, 22)): string {
  const { clientId, origin, browserState } = subject;
  return `${digest(`${clientId} ${origin} ${browserState} ${salt}`)}.${salt}`;
}
