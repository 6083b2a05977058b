import { answerClientRequest, type ClientCall, noStore } from "../client/client-request";
import { admit } from "../ports/admission";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import { deviceCodeGrant } from "../ports/types";
import { resolveUserScopes } from "../scope/requested-scopes";
import { resolveResources, restrictScopes } from "../scope/resource-indicators";
import { checkGrantAllowed } from "../token/token";
import { digest, randomToken } from "../wire/digest";
import type { OAuthError } from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { formatUserCode, generateUserCode } from "./user-code";

/**
 * With a million codes waiting, one in 25,600 is taken already: a second try is rare, a fifth means that the random
 * source is broken.
 */
const maximumTries = 5;

/** Answers a device authorization request (RFC 8628 §3.1, §3.2). */
export function answerDeviceAuthorizationRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  return answerClientRequest(context, request, { check() {}, answer: answerDeviceAuthorization }, onError);
}

async function answerDeviceAuthorization(
  context: OAuthContext,
  client: Client,
  { parameters }: ClientCall<void>,
): Promise<ProtocolResponse> {
  checkGrantAllowed(client, deviceCodeGrant);
  const apis = await resolveResources(context, parameters.getAll("resource"));
  const known = await context.stores.scopes.list();
  const scopes = resolveUserScopes({ client, known, apis, requested: parameters.get("scope") });
  // Tell the device now, not after a user has approved, that no scope would be left.
  restrictScopes(apis, scopes);
  const resources = apis.map(({ identifier }) => identifier);
  admit(context, "device_authorization", client, resources.join().length + scopes.join().length);
  const { deviceCode, userCode } = await issueCodes(context, client, { scopes, resources });
  const verificationUri = `${context.issuer}/device`;
  const shownCode = formatUserCode(userCode);
  return {
    status: 200,
    headers: noStore,
    // With the keys in the order of Django OAuth Toolkit.
    body: {
      verification_uri: verificationUri,
      expires_in: context.settings.deviceCodeLifetime,
      user_code: shownCode,
      device_code: deviceCode,
      interval: context.settings.devicePollingInterval,
      verification_uri_complete: `${verificationUri}?user_code=${shownCode}`,
    },
  };
}

async function issueCodes(
  context: OAuthContext,
  client: Client,
  granted: { scopes: readonly string[]; resources: readonly string[] },
): Promise<{ deviceCode: string; userCode: string }> {
  const createdAt = context.now();
  for (let tries = 0; tries < maximumTries; tries++) {
    const [deviceCode, userCode] = [randomToken(), generateUserCode()];
    const created = await context.stores.devices.create({
      deviceCodeHash: digest(deviceCode),
      userCodeHash: digest(userCode),
      applicationId: client.id,
      ...granted,
      createdAt,
      expiresAt: addSeconds(createdAt, context.settings.deviceCodeLifetime),
      pollingInterval: context.settings.devicePollingInterval,
    });
    if (created) return { deviceCode, userCode };
  }
  throw new Error("No free user code was found.");
}
