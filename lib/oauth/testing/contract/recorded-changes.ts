import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../ports/audit-events";
import type { Stores } from "../../ports/store";
import { buildAccessToken, buildEvent, buildRequest } from "../builders";
import { epoch } from "../defaults";
import { seedClaimed } from "./devices";
import {
  buildDecision,
  type CurrentHarness,
  countTrue,
  inParallel,
  type StoreHarness,
  seedFamily,
  seedOwner,
} from "./harness";

/** Something that happens once, with an event, and whether it has happened. */
interface Change {
  make(stores: Stores, event: AuditEvent): Promise<boolean>;
  isMade(stores: Stores): Promise<boolean>;
}

const changes: Record<string, (harness: StoreHarness) => Promise<Change>> = {
  async "a decision on a request"(harness) {
    const { client, user } = await seedOwner(harness);
    const request = buildRequest(client);
    await harness.stores.requests.create(request);
    return {
      make: ({ requests }, event) => requests.decide(buildDecision(request, user.id, { event })),
      isMade: async ({ requests, consents }) =>
        (await requests.find(request.idHash))?.decision !== null || (await consents.find(user.id, client.id)) !== null,
    };
  },

  async "a cancelled request"(harness) {
    const request = buildRequest((await seedOwner(harness)).client);
    await harness.stores.requests.create(request);
    return {
      make: ({ requests }, event) => requests.discard(request.idHash, event),
      isMade: async ({ requests }) => (await requests.find(request.idHash)) === null,
    };
  },

  async "a decision on a device"(harness) {
    const { device, record, user, client } = await seedClaimed(harness);
    return {
      make: ({ devices }, event) => devices.decide({ ...record, event }),
      isMade: async ({ devices, consents }) =>
        (await devices.find(device.deviceCodeHash))?.decision !== null ||
        (await consents.find(user.id, client.id)) !== null,
    };
  },

  async "the revocation of a client's own token"(harness) {
    const { applicationId } = await seedOwner(harness);
    const token = buildAccessToken({ applicationId });
    await harness.stores.tokens.issue(token);
    return {
      make: ({ tokens }, event) => tokens.revokeAccessToken(token.tokenHash, epoch, event),
      isMade: async ({ tokens }) => (await tokens.findAccessToken(token.tokenHash))?.revokedAt !== null,
    };
  },

  async "the revocation of a family"(harness) {
    const { family, accessToken } = await seedFamily(harness);
    return {
      make: ({ tokens }, event) => tokens.revokeFamily(family.id, epoch, "refresh_token_replayed", event),
      isMade: async ({ tokens }) => (await tokens.findAccessToken(accessToken.tokenHash))?.familyRevokedAt !== null,
    };
  },

  async "the revocation of a code's family"(harness) {
    const { code, accessToken } = await seedFamily(harness);
    return {
      make: ({ tokens }, event) => tokens.revokeFamilyOfCode(code.codeHash, epoch, "code_replayed", event),
      isMade: async ({ tokens }) => (await tokens.findAccessToken(accessToken.tokenHash))?.familyRevokedAt !== null,
    };
  },
};

/** Change and event are stored together or not at all. */
export function describeRecordedChanges(harness: CurrentHarness): void {
  describe.each(Object.entries(changes))("%s", (_, arrange) => {
    test("is recorded once, by the call that made it", async () => {
      const { make, isMade } = await arrange(harness());
      const reference = randomUUID();
      const events = Array.from({ length: 10 }, (_, index) =>
        buildEvent({ reference, at: new Date(epoch.getTime() + index) }),
      );
      const answers = await inParallel(harness(), 10, (stores, index) => make(stores, events[index] ?? buildEvent()));
      expect(countTrue(answers)).toBe(1);
      expect(await isMade(harness().stores)).toBe(true);
      const recorded = await harness().readAuditEvents(reference);
      expect(recorded.map(({ at }) => at)).toEqual([events[answers.indexOf(true)]?.at]);
    });

    test("is not made if its event can't be recorded", async () => {
      const { make, isMade } = await arrange(harness());
      // Neither storage keeps this character.
      await expect(make(harness().stores, buildEvent({ reference: "\0" }))).rejects.toThrow();
      expect(await isMade(harness().elsewhere)).toBe(false);
      expect(await make(harness().stores, buildEvent())).toBe(true);
    });
  });
}
