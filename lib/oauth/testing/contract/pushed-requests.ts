import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import type { PushedAuthorizationRequest } from "../../ports/types";
import { digest, randomToken } from "../../wire/digest";
import { epoch } from "../defaults";
import { type CurrentHarness, hardText, type StoreHarness, seedOwner } from "./harness";

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
  test("a pushed request is found with every field, any number of times, by any process", async () => {
    const parameters = `state=${encodeURIComponent(hardText)}&scope=${"x".repeat(100_000)}`;
    const request = await seedPushed(harness(), { parameters });
    const { idHash, applicationId } = request;
    for (const { pushedRequests } of [harness().elsewhere, harness().stores]) {
      expect(await pushedRequests.find(idHash, applicationId, epoch)).toEqual(request);
    }
  });

  test("once it is removed it isn't found; removing it again changes nothing", async () => {
    const [request, other] = [await seedPushed(harness()), await seedPushed(harness())];
    await harness().stores.pushedRequests.remove(request.idHash);
    await harness().elsewhere.pushedRequests.remove(request.idHash);
    const { find } = harness().stores.pushedRequests;
    expect(await find(request.idHash, request.applicationId, epoch)).toBeNull();
    expect(await find(other.idHash, other.applicationId, epoch)).toEqual(other);
  });

  test("another application finds nothing", async () => {
    const { applicationId: stranger } = await seedOwner(harness());
    const request = await seedPushed(harness());
    expect(await harness().stores.pushedRequests.find(request.idHash, stranger, epoch)).toBeNull();
  });

  test("an expired one is gone; its last millisecond is before expiresAt", async () => {
    const request = await seedPushed(harness());
    const { find } = harness().stores.pushedRequests;
    expect(await find(request.idHash, request.applicationId, request.expiresAt)).toBeNull();
    const lastMoment = new Date(request.expiresAt.getTime() - 1);
    expect(await find(request.idHash, request.applicationId, lastMoment)).toEqual(request);
  });

  test("an unknown one is null, and two can't share an ID", async () => {
    const request = await seedPushed(harness());
    const { create, find } = harness().stores.pushedRequests;
    expect(await find(digest(randomToken()), request.applicationId, epoch)).toBeNull();
    await expect(create({ ...request, parameters: "other=1" })).rejects.toThrow();
    expect(await find(request.idHash, request.applicationId, epoch)).toEqual(request);
  });
}
