import { expect, test } from "vitest";
import { addSeconds } from "../../context";
import { digest, randomToken } from "../../digest";
import type { PushedAuthorizationRequest } from "../../types";
import { epoch } from "../builders";
import { type CurrentHarness, hardText, inParallel, type StoreHarness, seedOwner } from "./harness";

async function seedPushed(harness: StoreHarness, values: Partial<PushedAuthorizationRequest> = {}) {
  const { applicationId } = await seedOwner(harness);
  const request: PushedAuthorizationRequest = {
    idHash: digest(randomToken()),
    applicationId,
    parameters: "response_type=code&state=%C3%A9",
    createdAt: epoch,
    expiresAt: addSeconds(epoch, 60),
    ...values,
  };
  await harness.stores.pushedRequests.create(request);
  return request;
}

export function describePushedRequests(harness: CurrentHarness): void {
  test("what was pushed is handed out with every field, once, to whichever process asks", async () => {
    const parameters = `state=${encodeURIComponent(hardText)}&scope=${"x".repeat(100_000)}`;
    const request = await seedPushed(harness(), { parameters });
    const { idHash, applicationId } = request;
    expect(await harness().elsewhere.pushedRequests.take(idHash, applicationId, epoch)).toEqual(request);
    expect(await harness().stores.pushedRequests.take(idHash, applicationId, epoch)).toBeNull();
  });

  test("of 50 parallel takes exactly one gets it", async () => {
    const request = await seedPushed(harness());
    const taken = await inParallel(harness(), 50, ({ pushedRequests }) =>
      pushedRequests.take(request.idHash, request.applicationId, epoch),
    );
    expect(taken.filter((found) => found !== null)).toEqual([request]);
  });

  test("another application's take gets nothing and changes nothing, also among the right ones", async () => {
    const { applicationId: stranger } = await seedOwner(harness());
    const request = await seedPushed(harness());
    expect(await harness().stores.pushedRequests.take(request.idHash, stranger, epoch)).toBeNull();
    const taken = await inParallel(harness(), 20, ({ pushedRequests }, index) =>
      pushedRequests.take(request.idHash, index < 10 ? stranger : request.applicationId, epoch),
    );
    expect(taken.slice(0, 10).every((found) => found === null)).toBe(true);
    expect(taken.slice(10).filter((found) => found !== null)).toEqual([request]);
  });

  test("an expired one is gone; its last millisecond is before expiresAt", async () => {
    const request = await seedPushed(harness());
    const { take } = harness().stores.pushedRequests;
    expect(await take(request.idHash, request.applicationId, request.expiresAt)).toBeNull();
    const lastMoment = new Date(request.expiresAt.getTime() - 1);
    expect(await take(request.idHash, request.applicationId, lastMoment)).toEqual(request);
  });

  test("an unknown one is null, and two can't share an id", async () => {
    const request = await seedPushed(harness());
    const { create, take } = harness().stores.pushedRequests;
    expect(await take(digest(randomToken()), request.applicationId, epoch)).toBeNull();
    await expect(create({ ...request, parameters: "other=1" })).rejects.toThrow();
    expect(await take(request.idHash, request.applicationId, epoch)).toEqual(request);
  });
}
