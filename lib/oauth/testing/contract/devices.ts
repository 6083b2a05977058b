import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import type { DeviceDecisionRecord } from "../../ports/device-store";
import type { DeviceAuthorization } from "../../ports/types";
import { digest, randomToken } from "../../wire/digest";
import { buildDevice, buildEvent, buildIssued } from "../builders";
import { epoch } from "../defaults";
import { type CurrentHarness, countTrue, hardScopes, inParallel, type StoreHarness, seedOwner } from "./harness";

export const soon = addSeconds(epoch, 30);
export const untouched = {
  lastPolledAt: null,
  decision: null,
  userId: null,
  sessionId: null,
  authenticatedAt: null,
  amr: [],
  userDisabled: false,
  consumedAt: null,
};

async function seedDevice(harness: StoreHarness, values: Partial<DeviceAuthorization> = {}) {
  const owner = await seedOwner(harness);
  const device = buildDevice(owner.applicationId, values);
  expect(await harness.stores.devices.create(device)).toBe(true);
  return { ...owner, device };
}

/** A device whose code someone has entered, and the decision that is about to be made. */
export async function seedClaimed(harness: StoreHarness, values: Partial<DeviceAuthorization> = {}) {
  const seeded = await seedDevice(harness, values);
  const [verificationHash, browserHash] = [digest(randomToken()), digest(randomToken())];
  await harness.stores.devices.claim(seeded.device.userCodeHash, verificationHash, browserHash, soon);
  const record: DeviceDecisionRecord = {
    verificationHash,
    browserHash,
    sessionId: randomUUID(),
    userId: seeded.userId,
    authenticatedAt: soon,
    amr: ["pwd"],
    decision: "approved",
    at: soon,
    event: buildEvent(),
  };
  return { ...seeded, record };
}

export function issuedFor(device: DeviceAuthorization, userId: string) {
  const { applicationId, resources, deviceCodeHash: codeHash } = device;
  return buildIssued({ applicationId, userId, sessionId: null, codeHash, resources, createdAt: soon });
}

export function describeDevices(harness: CurrentHarness): void {
  describeCreating(harness);
  describeClaiming(harness);
}

function describeCreating(harness: CurrentHarness): void {
  test("a device comes back with every field, untouched", async () => {
    const values = { scopes: hardScopes, resources: ["https://api.example/{a,b}"], pollingInterval: 60 };
    const { device, client } = await seedDevice(harness(), values);
    const found = await harness().elsewhere.devices.find(device.deviceCodeHash);
    expect(found).toEqual({ ...device, ...untouched, clientId: client.clientId });
  });

  test("an unknown device code is not found, not polled for, not redeemed", async () => {
    const { applicationId, userId } = await seedOwner(harness());
    const device = buildDevice(applicationId);
    const issued = issuedFor(device, userId);
    const { devices, tokens } = harness().stores;
    expect(await devices.find(device.deviceCodeHash)).toBeNull();
    expect(await devices.recordPoll(device.deviceCodeHash, epoch)).toBe(false);
    expect(await devices.redeem(device.deviceCodeHash, issued)).toBe(false);
    expect(await tokens.findAccessToken(issued.accessToken.tokenHash)).toBeNull();
  });

  test("two devices can't share a device code", async () => {
    const { device, applicationId } = await seedDevice(harness());
    const other = buildDevice(applicationId, { deviceCodeHash: device.deviceCodeHash, scopes: ["other"] });
    await expect(harness().stores.devices.create(other)).rejects.toThrow();
    expect(await harness().stores.devices.find(device.deviceCodeHash)).toMatchObject(device);
  });

  test("a taken user code is refused until its device expires, and can then be used again", async () => {
    const { device, userId, record } = await seedClaimed(harness());
    const other = await seedOwner(harness());
    const { devices } = harness().stores;
    await devices.recordPoll(device.deviceCodeHash, soon);
    await devices.decide(record);
    const next = (createdAt: Date) =>
      buildDevice(other.applicationId, { userCodeHash: device.userCodeHash, createdAt, scopes: ["write"] });
    expect(await devices.create(next(addSeconds(device.expiresAt, -0.001)))).toBe(false);
    expect(await devices.find(device.deviceCodeHash)).toMatchObject({ decision: "approved", userId });

    const successor = next(device.expiresAt);
    expect(await devices.create(successor)).toBe(true);
    expect(await devices.find(device.deviceCodeHash)).toBeNull();
    const found = { ...successor, ...untouched, clientId: other.client.clientId };
    expect(await devices.find(successor.deviceCodeHash)).toEqual(found);
    const at = successor.createdAt;
    expect(await devices.findClaimed(record.verificationHash, record.browserHash, at)).toBeNull();
  });

  test("of 50 parallel devices with one user code exactly one gets it", async () => {
    const { applicationId } = await seedOwner(harness());
    const userCodeHash = digest(randomToken());
    const devices = Array.from({ length: 50 }, () => buildDevice(applicationId, { userCodeHash }));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.devices.create(devices[index] ?? buildDevice(applicationId)),
    );
    expect(countTrue(answers)).toBe(1);
  });
}

function describeClaiming(harness: CurrentHarness): void {
  test("a claim is for one browser under one name", async () => {
    const { device, client, record } = await seedClaimed(harness());
    const { findClaimed } = harness().elsewhere.devices;
    const found = { ...device, ...untouched, clientId: client.clientId };
    expect(await findClaimed(record.verificationHash, record.browserHash, soon)).toEqual(found);
    expect(await findClaimed(record.verificationHash, digest("another browser"), soon)).toBeNull();
    expect(await findClaimed(digest("another name"), record.browserHash, soon)).toBeNull();
  });

  test("the next browser to enter the code takes it over", async () => {
    const { device, record } = await seedClaimed(harness());
    const { devices } = harness().stores;
    const [verificationHash, browserHash] = [digest(randomToken()), digest(randomToken())];
    expect(await devices.claim(device.userCodeHash, verificationHash, browserHash, soon)).toMatchObject(device);
    expect(await devices.findClaimed(record.verificationHash, record.browserHash, soon)).toBeNull();
    expect(await devices.decide(record)).toBe(false);
    expect(await devices.findClaimed(verificationHash, browserHash, soon)).toMatchObject(device);
  });

  test("unknown, expired and decided ones can't be claimed", async () => {
    const { device, record } = await seedClaimed(harness());
    const { devices } = harness().stores;
    const claim = (userCodeHash: string, at: Date) =>
      devices.claim(userCodeHash, digest(randomToken()), digest(randomToken()), at);
    expect(await claim(digest(randomToken()), soon)).toBeNull();
    expect(await claim(device.userCodeHash, device.expiresAt)).toBeNull();
    expect(await devices.findClaimed(record.verificationHash, record.browserHash, device.expiresAt)).toBeNull();
    expect(await devices.decide(record)).toBe(true);
    expect(await claim(device.userCodeHash, soon)).toBeNull();
    expect(await devices.findClaimed(record.verificationHash, record.browserHash, soon)).toBeNull();
  });
}

/** RFC 8628 §3.5. */
export function describeDevicePolling(harness: CurrentHarness): void {
  test("a poll is in time if the interval has passed since the last; otherwise the interval grows, permanently", async () => {
    const { device } = await seedDevice(harness());
    const { recordPoll, find } = harness().stores.devices;
    const polls: [seconds: number, inTime: boolean, interval: number][] = [
      [0, true, 5],
      [5, true, 5],
      [9.999, false, 10],
      [19.998, false, 15],
      [34.998, true, 15],
    ];
    for (const [seconds, inTime, pollingInterval] of polls) {
      const at = addSeconds(epoch, seconds);
      expect(await recordPoll(device.deviceCodeHash, at), `after ${seconds} s`).toBe(inTime);
      expect(await find(device.deviceCodeHash)).toMatchObject({ lastPolledAt: at, pollingInterval });
    }
  });

  test("of 20 parallel polls one is in time, and each other one adds five seconds", async () => {
    const { device } = await seedDevice(harness());
    const answers = await inParallel(harness(), 20, (stores) => stores.devices.recordPoll(device.deviceCodeHash, soon));
    expect(countTrue(answers)).toBe(1);
    const found = await harness().stores.devices.find(device.deviceCodeHash);
    expect(found).toMatchObject({ pollingInterval: 5 + 19 * 5 });
  });
}
