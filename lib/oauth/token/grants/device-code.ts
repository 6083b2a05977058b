import { mayUse } from "../../client/permitted-users";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import type { FoundDeviceAuthorization } from "../../ports/device-store";
import { narrowResources } from "../../scope/resource-indicators";
import { digest } from "../../wire/digest";
import {
  AccessDeniedError,
  AuthorizationPendingError,
  ExpiredTokenError,
  InvalidGrantError,
  InvalidRequestError,
  NotPermittedError,
  SlowDownError,
} from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import type { IssuedTokens, TokenBinding } from "./issue";
import { issueInitialTokens } from "./issue-initial-tokens";

/**
 * RFC 8628 §3.4, §3.5: the answer to each poll of a device. A code that is sent again after its redemption revokes
 * nothing: unlike an authorization code it has never been outside the device, which may just have asked twice
 * (docs/adr/0017).
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
  if (!(await mayUse(context, client, userId))) throw new NotPermittedError();
  const apis = await narrowResources(context, found.resources, parameters.getAll("resource"));
  const granted = { ...found, userId, codeHash: found.deviceCodeHash, nonce: null, claims: null };
  const issued = await issueInitialTokens(context, client, granted, { apis, binding }, context.stores.devices.redeem);
  if (!issued) throw new InvalidGrantError("device code redeemed at the same moment");
  return issued;
}

/** Polling too fast only matters while the decision is pending: a final answer is never delayed. */
async function keepWaiting(context: OAuthContext, found: FoundDeviceAuthorization, at: Date): Promise<never> {
  if (await context.stores.devices.recordPoll(found.deviceCodeHash, at)) throw new AuthorizationPendingError();
  throw new SlowDownError();
}
