import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { digest } from "../../wire/digest";
import { epoch } from "../defaults";
import { type CurrentHarness, seedOwner } from "./harness";

export function describeTemporaryRedirectUris(harness: CurrentHarness): void {
  test("is found by the digest of the whole address, from every process, used or not", async () => {
    const { stores, elsewhere, seed } = harness();
    const { applicationId, userId } = await seedOwner(harness());
    const [uri, usedUri] = [`https://id.example/o/test/${randomUUID()}`, `https://id.example/o/test/${randomUUID()}`];
    const values = { applicationId, userId, expiresAt: addSeconds(epoch, 600), consumedAt: null };
    await seed.temporaryRedirectUri(uri, values);
    await seed.temporaryRedirectUri(usedUri, { ...values, consumedAt: epoch });
    expect(await stores.temporaryRedirectUris.find(digest(uri))).toEqual(values);
    expect(await elsewhere.temporaryRedirectUris.find(digest(usedUri))).toEqual({ ...values, consumedAt: epoch });
    expect(await stores.temporaryRedirectUris.find(digest(`${uri}/`))).toBeNull();
  });
}
