import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { digest, randomToken } from "../../wire/digest";
import { buildDevice, buildEvent } from "../builders";
import { issuedFor, seedClaimed, soon, untouched } from "./devices";
import { type CurrentHarness, countTrue, hardScopes, inParallel } from "./harness";

export function describeDeviceDecisions(harness: CurrentHarness): void {
  describeDeciding(harness);
  describeRedeeming(harness);
}

function describeDeciding(harness: CurrentHarness): void {
  test("an approval is recorded, and remembered as consent", async () => {
    const { device, record, user, client } = await seedClaimed(harness(), { scopes: hardScopes });
    const { devices, consents } = harness().elsewhere;
    expect(await devices.decide(record)).toBe(true);
    const { decision, userId, sessionId } = record;
    expect(await devices.find(device.deviceCodeHash)).toMatchObject({ decision, userId, sessionId });
    const consented = await consents.find(user.id, client.id);
    expect([...(consented ?? [])].sort()).toEqual([...hardScopes].sort());
  });

  test("an approval for certain APIs is remembered only for them", async () => {
    const resources = ["https://one.example/", "https://two.example/"];
    const { record, user, client } = await seedClaimed(harness(), { scopes: ["read"], resources });
    await harness().stores.devices.decide(record);
    const consented = await harness().stores.consents.find(user.id, client.id);
    expect([...(consented ?? [])].sort()).toEqual(resources.map((identifier) => `read ${identifier}`));
  });

  test("a denial is recorded, and isn't consent", async () => {
    const { device, record, user, client } = await seedClaimed(harness());
    const { devices, consents } = harness().stores;
    expect(await devices.decide({ ...record, decision: "denied" })).toBe(true);
    expect(await devices.find(device.deviceCodeHash)).toMatchObject({ decision: "denied", userId: user.id });
    expect(await consents.find(user.id, client.id)).toBeNull();
    expect(await devices.redeem(device.deviceCodeHash, issuedFor(device, user.id))).toBe(false);
  });

  test("another browser's decision and a late one change nothing", async () => {
    const { device, record, user, client } = await seedClaimed(harness());
    const { devices, consents } = harness().stores;
    for (const refused of [
      { ...record, browserHash: digest("another browser") },
      { ...record, verificationHash: digest("another name") },
      { ...record, at: device.expiresAt },
    ]) {
      expect(await devices.decide(refused)).toBe(false);
    }
    expect(await devices.find(device.deviceCodeHash)).toMatchObject(untouched);
    expect(await consents.find(user.id, client.id)).toBeNull();
  });

  test("an approval whose consent can't be stored is not stored either", async () => {
    const { device, record } = await seedClaimed(harness());
    const { devices } = harness().stores;
    await expect(devices.decide({ ...record, userId: randomUUID() })).rejects.toThrow();
    expect(await devices.find(device.deviceCodeHash)).toMatchObject(untouched);
  });

  test("of 50 parallel decisions exactly one counts, and the consent is that one's", async () => {
    const { device, record, user, client } = await seedClaimed(harness());
    const decisions = Array.from({ length: 50 }, (_, index) => (index % 4 < 2 ? "approved" : "denied"));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.devices.decide({ ...record, decision: decisions[index] ?? "denied" }),
    );
    expect(countTrue(answers)).toBe(1);
    const decision = decisions[answers.indexOf(true)];
    expect(await harness().stores.devices.find(device.deviceCodeHash)).toMatchObject({ decision });
    const consented = await harness().stores.consents.find(user.id, client.id);
    expect(consented).toEqual(decision === "approved" ? device.scopes : null);
  });

  test("a disabled user's device says so", async () => {
    const client = await harness().seed.application();
    const user = await harness().seed.user({ disabled: true });
    const device = buildDevice(client.id);
    const { devices } = harness().stores;
    const hashes = [digest(randomToken()), digest(randomToken())] as const;
    await devices.create(device);
    await devices.claim(device.userCodeHash, ...hashes, soon);
    const [verificationHash, browserHash] = hashes;
    const proof = { sessionId: randomUUID(), authenticatedAt: soon, amr: ["pwd"] };
    const answer = { ...proof, userId: user.id, decision: "approved" as const, at: soon, event: buildEvent() };
    await devices.decide({ verificationHash, browserHash, ...answer });
    expect(await devices.find(device.deviceCodeHash)).toMatchObject({ userDisabled: true });
  });
}

function describeRedeeming(harness: CurrentHarness): void {
  test("an undecided device code is not redeemed", async () => {
    const { device, userId } = await seedClaimed(harness());
    const issued = issuedFor(device, userId);
    expect(await harness().stores.devices.redeem(device.deviceCodeHash, issued)).toBe(false);
    expect(await harness().stores.tokens.findAccessToken(issued.accessToken.tokenHash)).toBeNull();
  });

  test("of 50 parallel redemptions exactly one succeeds, and only its tokens exist", async () => {
    const { device, userId, record } = await seedClaimed(harness());
    await harness().stores.devices.decide(record);
    const all = Array.from({ length: 50 }, () => issuedFor(device, userId));
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.devices.redeem(device.deviceCodeHash, all[index] ?? issuedFor(device, userId)),
    );
    expect(countTrue(answers)).toBe(1);
    const { tokens, devices } = harness().stores;
    const access = await Promise.all(all.map(({ accessToken }) => tokens.findAccessToken(accessToken.tokenHash)));
    const refresh = await Promise.all(all.map(({ refreshToken }) => tokens.findRefreshToken(refreshToken.tokenHash)));
    expect(access.map((token) => token !== null)).toEqual(answers);
    expect(refresh.map((token) => token !== null)).toEqual(answers);
    expect(await devices.find(device.deviceCodeHash)).toMatchObject({ consumedAt: soon });
  });

  test("without a refresh token; the family is found by the device code", async () => {
    const { device, userId, record } = await seedClaimed(harness());
    await harness().stores.devices.decide(record);
    const issued = issuedFor(device, userId);
    const { devices, tokens } = harness().stores;
    expect(await devices.redeem(device.deviceCodeHash, { ...issued, refreshToken: null })).toBe(true);
    expect(await tokens.findRefreshToken(issued.refreshToken.tokenHash)).toBeNull();
    expect(await tokens.revokeFamilyOfCode(device.deviceCodeHash, soon, "authorization_withdrawn", buildEvent())).toBe(
      true,
    );
  });

  test("nothing is consumed if the tokens can't be stored", async () => {
    const { device, userId, record } = await seedClaimed(harness());
    await harness().stores.devices.decide(record);
    const issued = issuedFor(device, userId);
    const { devices } = harness().stores;
    await devices.redeem(device.deviceCodeHash, issued);
    const second = await seedClaimed(harness());
    await devices.decide(second.record);
    const clash = { ...issuedFor(second.device, second.userId), accessToken: issued.accessToken };
    await expect(devices.redeem(second.device.deviceCodeHash, clash)).rejects.toThrow();
    expect(await devices.find(second.device.deviceCodeHash)).toMatchObject({ consumedAt: null });
  });
}
