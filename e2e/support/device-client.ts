import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { digest } from "@/lib/oauth/wire/digest";
import { type BrowserClient, type Decision, findForm } from "./browser-client";
import { type Answer, postForm, type Sending } from "./http";
import type { Portal, TestApplication, TestUser } from "./portal";
import { noteSecret } from "./secrets-seen";
import { credentialsOf, parseJson } from "./token-client";

/** What a device receives (RFC 8628 §3.2). */
export interface StartedDevice {
  deviceCode: string;
  /** As the device shows it. */
  userCode: string;
  body: Record<string, unknown>;
}

/** A public client with the device grant and refresh tokens. */
export function createTv(portal: Portal, overrides: Parameters<Portal["createApplication"]>[0] = {}) {
  return portal.createApplication({
    clientType: "public",
    grantTypes: [deviceCodeGrant, "refresh_token"],
    redirectUris: [],
    ...overrides,
  });
}

export function requestDevice(fields: Readonly<Record<string, string>>, sending: Sending = {}): Promise<Answer> {
  return postForm("/o/device-authorization/", fields, sending);
}

/** Starts a device and records its codes. */
export async function startDevice(
  application: TestApplication,
  more: Readonly<Record<string, string>> = {},
): Promise<StartedDevice> {
  const answer = await requestDevice({ ...credentialsOf(application), ...more });
  const body = parseJson(answer.text);
  const [deviceCode, userCode] = [String(body.device_code), String(body.user_code)];
  if (answer.status !== 200) throw new Error(`No codes: ${answer.status} ${body.error}`);
  noteSecret(deviceCode);
  noteSecret(userCode);
  return { deviceCode, userCode, body };
}

/** Resets the number of codes entered from this machine, which all tests use, and by the user. */
export async function forgetGuesses(portal: Portal, user: TestUser): Promise<void> {
  const keys = ["device code from 127.0.0.1", `device code by person ${user.id}`];
  await portal.database.rateLimit.deleteMany({ where: { keyHash: { in: keys.map(digest) } } });
}

/** The token request of a device (RFC 8628 §3.4). */
export function pollOf(application: TestApplication, deviceCode: string, more: Readonly<Record<string, string>> = {}) {
  return { grant_type: deviceCodeGrant, ...credentialsOf(application), device_code: deviceCode, ...more };
}

export async function enterCode(browser: BrowserClient, userCode: string): Promise<Answer> {
  return browser.submit(await browser.openForm("/o/device", "/o/device/submit"), { user_code: userCode });
}

/** Enters the code and returns the address of the confirmation page. */
export async function openConfirmation(browser: BrowserClient, userCode: string): Promise<string> {
  const { status, headers } = await enterCode(browser, userCode);
  const { location = "" } = headers;
  if (status !== 303 || !location.startsWith("/o/device/confirm?")) throw new Error(`Not accepted: ${status}`);
  return location;
}

/** Everything the user does: enter the code and answer. */
export async function answerDevice(
  browser: BrowserClient,
  userCode: string,
  decision: Decision = "allow",
): Promise<Answer> {
  const page = await browser.get(await openConfirmation(browser, userCode));
  const form = findForm(page, "/o/device/confirm/submit");
  if (!form) throw new Error(`Nothing to answer: ${page.status}`);
  return browser.submit(form, { decision });
}
