import type { OAuthContext } from "../context";
import { digest } from "../digest";
import {
  AccessDeniedError,
  AuthorizationPendingError,
  ExpiredTokenError,
  InvalidGrantError,
  InvalidRequestError,
  SlowDownError,
} from "../errors";
import type { Parameters } from "../parameters";
import { narrowResources, restrictScopes } from "../resource-indicators";
import type { FoundDeviceAuthorization } from "../store";
import type { Client } from "../types";
import { type IssuedTokens, makeAccessToken, makeFamily, makeRefreshToken, type TokenBinding } from "./issue";

/**
 * RFC 8628 §3.4, §3.5: what a device hears each time it asks. A code that comes back after its redemption revokes nothing: unlike an
 * authorization code it has never been outside the device, which may just have asked twice (docs/adr/0017).
 */
export async function exchangeDeviceCode(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  binding: TokenBinding,
): Promise<IssuedTokens> {
  const deviceCode = parameters.get("device_code");
  if (deviceCode === undefined) throw new InvalidRequestError("The parameter device_code is missing.");
  const found = await context.stores.devices.find(digest(deviceCode));
  if (!found) throw new InvalidGrantError("unknown device code");
  if (found.applicationId !== client.id) throw new InvalidGrantError("device code of another client");
  if (found.consumedAt) throw new InvalidGrantError("redeemed device code");
  const now = context.now();
  if (found.expiresAt <= now) throw new ExpiredTokenError();
  if (found.decision === "denied") throw new AccessDeniedError();
  const { userId } = found;
  if (userId === null) return keepWaiting(context, found, now);
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  const apis = await narrowResources(context, found.resources, parameters.getAll("resource"));
  const scopes = restrictScopes(apis, found.scopes);
  const { sessionId, resources, deviceCodeHash: codeHash } = found;
  const family = makeFamily(context, client, { userId, sessionId, codeHash, resources }, binding, now);
  const access = await makeAccessToken(context, { client, family, scopes, apis, binding }, now);
  const refresh = client.grantTypes.includes("refresh_token")
    ? makeRefreshToken(context, { familyId: family.id, scopes: found.scopes }, family.expiresAt, now)
    : null;
  const redeemed = await context.stores.devices.redeem(codeHash, {
    family,
    accessToken: access.record,
    refreshToken: refresh?.record ?? null,
  });
  if (!redeemed) throw new InvalidGrantError("device code redeemed at the same moment");
  return {
    accessToken: access.token,
    expiresIn: access.expiresIn,
    scopes,
    refreshToken: refresh?.token ?? null,
    dpopJkt: binding.dpopJkt,
  };
}

/** Only who asks while nobody has decided can ask too often: an answer that is there is never held back. */
async function keepWaiting(context: OAuthContext, found: FoundDeviceAuthorization, at: Date): Promise<never> {
  if (await context.stores.devices.recordPoll(found.deviceCodeHash, at)) throw new AuthorizationPendingError();
  throw new SlowDownError();
}
