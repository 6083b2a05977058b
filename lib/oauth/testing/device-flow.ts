import { answerDeviceAuthorizationRequest } from "../device/device-authorization";
import { type DeviceClaim, decideDevice, enterUserCode } from "../device/device-verification";
import type { Client } from "../ports/client";
import { type Decision, deviceCodeGrant } from "../ports/types";
import { randomToken } from "../wire/digest";
import {
  buildClientRequest,
  type SignedInBrowser,
  sendTokenRequest,
  signIn,
  type TokenResponse,
  type Wire,
} from "./flow";
import { buildContext, registerClient, type TestContext } from "./test-context";

export const network = "192.0.2.7";

/** The response to a device (RFC 8628 §3.2). */
export interface StartedDevice {
  deviceCode: string;
  userCode: string;
}

export function registerTv(context: TestContext, values: Partial<Client> = {}) {
  return registerClient(context, {
    name: "tv",
    clientType: "public",
    grantTypes: [deviceCodeGrant, "refresh_token"],
    redirectUris: [],
    ...values,
  });
}

export function sendDeviceRequest(context: TestContext, parameters: Wire): Promise<TokenResponse> {
  // The endpoint always answers with JSON.
  return answerDeviceAuthorizationRequest(context, buildClientRequest(parameters)) as Promise<TokenResponse>;
}

export async function startDevice(context: TestContext, client: Client, more: Wire = {}): Promise<StartedDevice> {
  const { status, body } = await sendDeviceRequest(context, { client_id: client.clientId, ...more });
  if (status !== 200) throw new Error(`Expected codes: ${JSON.stringify(body)}`);
  return { deviceCode: String(body.device_code), userCode: String(body.user_code) };
}

export function pollRequest(client: Client, deviceCode: string | undefined): Wire {
  return { grant_type: deviceCodeGrant, client_id: client.clientId, device_code: deviceCode };
}

export function poll(context: TestContext, client: Client, deviceCode: string | undefined): Promise<TokenResponse> {
  return sendTokenRequest(context, pollRequest(client, deviceCode));
}

/** Enters the code; fails if it is not accepted. */
export async function enter(context: TestContext, userCode: string, browser: SignedInBrowser): Promise<DeviceClaim> {
  const claim = await enterUserCode(context, userCode, { ...browser, network });
  if (!claim) throw new Error("The code was not accepted.");
  return claim;
}

export async function answer(
  context: TestContext,
  userCode: string,
  browser: SignedInBrowser = signIn(context),
  decision: Decision = "approved",
): Promise<void> {
  const claim = await enter(context, userCode, browser);
  const { browserId, session } = browser;
  if (!(await decideDevice(context, { claim, browserId, session, decision }))) throw new Error("Nothing to decide.");
}

/** A context with a public client whose device waits for someone. */
export async function arrangeDevice(values: Partial<Client> = {}, more: Wire = {}) {
  const context = buildContext();
  const { client } = registerTv(context, values);
  return { context, client, ...(await startDevice(context, client, more)) };
}

/** A browser of the same person with other cookies. */
export function elsewhere(browser: SignedInBrowser): SignedInBrowser {
  return { ...browser, browserId: randomToken() };
}
