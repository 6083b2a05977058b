import { randomUUID } from "node:crypto";
import { signJwt, toNumericDate } from "../keys/sign-jwt";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { SigningAlgorithm } from "../wire/algorithms";

/** OpenID Connect Back-Channel Logout §2.4: the member that tells a logout token from every other JWT. */
export const backchannelLogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** Seconds; §2.4 recommends two minutes at most, so that a captured one soon expires. */
const lifetime = 120;

/** The user and session that a logout token names. */
export interface LogoutNotice {
  clientId: string;
  /** The algorithm of the client's ID tokens, and so of its logout tokens (§2.4). */
  algorithm: SigningAlgorithm;
  /** As the client knows the user. */
  subject: string;
  sid: string | null;
}

/**
 * A logout token. Each delivery attempt gets a new one: a receiver that remembers every `jti` would refuse one whose
 * first answer was lost.
 */
export function signLogoutToken(context: OAuthContext, notice: LogoutNotice): Promise<string> {
  const { clientId, algorithm, subject, sid } = notice;
  const now = context.now();
  const payload = {
    iss: context.issuer,
    sub: subject,
    aud: clientId,
    iat: toNumericDate(now),
    exp: toNumericDate(addSeconds(now, lifetime)),
    jti: randomUUID(),
    events: { [backchannelLogoutEvent]: {} },
    ...(sid === null ? {} : { sid }),
  };
  return signJwt(context, { algorithm, typ: "logout+jwt", payload });
}
