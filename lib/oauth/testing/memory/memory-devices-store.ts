import type { DeviceAuthorizationStore, FoundDeviceAuthorization } from "../../ports/device-store";
import { toConsentEntries } from "../../scope/consent-entries";
import { addConsent, commit, insertion, type Memory, recording, type StoredDevice, turn } from "./memory";
import { insertIssued } from "./memory-token-store";

const undecided = {
  lastPolledAt: null,
  verificationHash: null,
  browserHash: null,
  decision: null,
  userId: null,
  sessionId: null,
  authenticatedAt: null,
  amr: [],
  consumedAt: null,
};

export function createDeviceStore(memory: Memory): DeviceAuthorizationStore {
  const toFound = (device: StoredDevice): FoundDeviceAuthorization => {
    const { verificationHash, browserHash, ...found } = structuredClone(device);
    const userDisabled = found.userId !== null && memory.user(found.userId).disabled;
    return { ...found, clientId: memory.client(found.applicationId).clientId, userDisabled };
  };
  const findWhere = (matches: (device: StoredDevice) => boolean) => [...memory.devices.values()].find(matches);
  const findClaimed = (verificationHash: string, browserHash: string, at: Date) =>
    findWhere(
      (device) =>
        device.verificationHash === verificationHash &&
        device.browserHash === browserHash &&
        device.decision === null &&
        device.expiresAt > at,
    );
  return {
    async create(authorization) {
      await turn();
      memory.client(authorization.applicationId);
      const insert = insertion(memory.devices, authorization.deviceCodeHash, { ...authorization, ...undecided });
      const holder = findWhere(({ userCodeHash }) => userCodeHash === authorization.userCodeHash);
      if (holder && holder.expiresAt > authorization.createdAt) return false;
      if (holder) memory.devices.delete(holder.deviceCodeHash);
      commit([insert]);
      return true;
    },
    async find(deviceCodeHash) {
      await turn();
      const device = memory.devices.get(deviceCodeHash);
      return device ? toFound(device) : null;
    },
    async recordPoll(deviceCodeHash, at) {
      await turn();
      const device = memory.devices.get(deviceCodeHash);
      if (!device) return false;
      const { lastPolledAt, pollingInterval } = device;
      const isInTime = lastPolledAt === null || at.getTime() - lastPolledAt.getTime() >= pollingInterval * 1000;
      device.lastPolledAt = at;
      if (!isInTime) device.pollingInterval += 5;
      return isInTime;
    },
    async claim(userCodeHash, verificationHash, browserHash, at) {
      await turn();
      const device = findWhere((candidate) => candidate.userCodeHash === userCodeHash);
      if (!device || device.decision !== null || device.expiresAt <= at) return null;
      Object.assign(device, { verificationHash, browserHash });
      return toFound(device);
    },
    async findClaimed(verificationHash, browserHash, at) {
      await turn();
      const device = findClaimed(verificationHash, browserHash, at);
      return device ? toFound(device) : null;
    },
    async decide({ verificationHash, browserHash, sessionId, userId, authenticatedAt, amr, decision, at, event }) {
      await turn();
      const device = findClaimed(verificationHash, browserHash, at);
      if (!device) return false;
      memory.user(userId);
      const record = recording(memory, event);
      if (decision === "approved") {
        addConsent(memory, userId, device.applicationId, toConsentEntries(device.scopes, device.resources));
      }
      Object.assign(device, { decision, userId, sessionId, authenticatedAt, amr });
      commit([record]);
      return true;
    },
    async redeem(deviceCodeHash, issued) {
      await turn();
      const device = memory.devices.get(deviceCodeHash);
      if (device?.decision !== "approved" || device.consumedAt) return false;
      commit([
        ...insertIssued(memory, issued),
        () => {
          device.consumedAt = issued.family.createdAt;
        },
      ]);
      return true;
    },
  };
}
