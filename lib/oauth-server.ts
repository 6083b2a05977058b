import "server-only";
import { currentTime } from "@/lib/clock";
import { currentSettings } from "@/lib/current-settings";
import type { AuditOrigin } from "@/lib/db/audit-log";
import { createPrismaStores } from "@/lib/db/oauth-store";
import { getPrisma } from "@/lib/db/prisma";
import { deriveKey } from "@/lib/keys/derive-key";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { admitFrom } from "@/lib/limits/stranger-quotas";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { toIssuer } from "@/lib/oauth/endpoints";
import type { OAuthContext } from "@/lib/oauth/ports/context";
import { getRemoteKeys } from "@/lib/outbound/remote-keys";
import { getRequestObjects } from "@/lib/outbound/request-objects";

const privateNetworks = () => currentSettings().outboundPrivateNetworks;

/**
 * The authorization server: the pure core with the Prisma stores, the clock, the issuer and the settings. The one place
 * that assembles them. `origin` is where this request came from: it is recorded in audit events, and its network is
 * charged for what strangers store.
 */
export function oauthServer(origin: AuditOrigin = {}): OAuthContext {
  const settings = currentSettings();
  return {
    stores: createPrismaStores(getPrisma(), settings, origin),
    now: currentTime,
    issuer: toIssuer(settings.publicUrl),
    settings,
    admit: admitFrom(origin.ipAddress === undefined ? null : toRateLimitNetwork(origin.ipAddress)),
    dpop: { nonceKey: deriveKey("dpop-nonce") },
    keys: getKeyRing(),
    remoteKeys: getRemoteKeys(privateNetworks),
    requestObjects: { fetch: (uri, applicationId) => getRequestObjects(privateNetworks).fetch(uri, applicationId) },
  };
}
