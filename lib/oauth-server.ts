import "server-only";
import { currentTime } from "@/lib/clock";
import type { AuditOrigin } from "@/lib/db/audit-log";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { env } from "@/lib/env";
import { deriveKey } from "@/lib/keys/derive-key";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { admitFrom } from "@/lib/limits/stranger-quotas";
import { toSource } from "@/lib/network/source-network";
import type { OAuthContext } from "@/lib/oauth/ports/context";
import { getRemoteKeys } from "@/lib/outbound/remote-keys";
import { getRequestObjects } from "@/lib/outbound/request-objects";

/**
 * The authorization server: the pure core with the Prisma stores, the clock, the issuer and the configured lifetimes.
 * The one place that puts them together. `origin` is where
 * this request came from: it goes into its audit events, and what strangers have stored counts for its network.
 */
export function oauthServer(origin: AuditOrigin = {}): OAuthContext {
  const settings = env();
  return {
    stores: createPrismaStores(getPrisma(), origin),
    now: currentTime,
    issuer: `${settings.PUBLIC_URL}/o`,
    lifetimes: {
      authorizationRequest: settings.AUTHORIZATION_REQUEST_LIFETIME,
      authorizationCode: settings.AUTHORIZATION_CODE_LIFETIME,
      accessToken: settings.ACCESS_TOKEN_LIFETIME,
      idToken: settings.ID_TOKEN_LIFETIME,
      refreshTokenIdle: settings.REFRESH_TOKEN_IDLE_LIFETIME,
      refreshToken: settings.REFRESH_TOKEN_LIFETIME,
      refreshTokenGrace: settings.REFRESH_TOKEN_GRACE_PERIOD,
      pushedAuthorizationRequest: settings.PUSHED_AUTHORIZATION_REQUEST_LIFETIME,
      deviceCode: settings.DEVICE_CODE_LIFETIME,
    },
    requirePushedAuthorizationRequests: settings.REQUIRE_PUSHED_AUTHORIZATION_REQUESTS,
    tokenEndpointAudience: settings.TOKEN_ENDPOINT_AUDIENCE,
    devicePollingInterval: settings.DEVICE_POLLING_INTERVAL,
    admit: admitFrom(origin.ipAddress === undefined ? null : toSource(origin.ipAddress)),
    dpop: { nonceKey: deriveKey("dpop-nonce"), nonceRequired: settings.REQUIRE_DPOP_NONCE },
    keys: getKeyRing(),
    remoteKeys: getRemoteKeys(),
    requestObjects: {
      byValue: settings.REQUEST_PARAMETER,
      byReference: settings.REQUEST_URI_PARAMETER,
      fetch: (uri, applicationId) => getRequestObjects().fetch(uri, applicationId),
    },
  };
}
