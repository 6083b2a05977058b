import { beforeAll, describe } from "vitest";
import { describeApis } from "./contract/apis";
import { describeAttempts, describeUsedJtis } from "./contract/attempts";
import { describeAudit, describeClients, describeScopes } from "./contract/clients";
import { describeCodes } from "./contract/codes";
import { describeConsentedCodes } from "./contract/consented-codes";
import { describeDeviceDecisions } from "./contract/device-decisions";
import { describeDevicePolling, describeDevices } from "./contract/devices";
import { describeGroups } from "./contract/groups";
import type { StoreHarness } from "./contract/harness";
import { describePushedRequests } from "./contract/pushed-requests";
import { describeRecordedChanges } from "./contract/recorded-changes";
import { describeRefusedText } from "./contract/refused-text";
import { describeRenewal } from "./contract/renewal";
import { describeConsents, describeRequests } from "./contract/requests";
import { describeRevocation } from "./contract/revocation";
import { describeTemporaryRedirectUris } from "./contract/temporary-redirect-uris";
import { describeTokens } from "./contract/tokens";
import { describeSubjects, describeUsers } from "./contract/users";

export type { StoreHarness, StoreSeed } from "./contract/harness";

/** Tests that an implementation of `Stores` does everything that `store.ts` says, under parallel calls too. */
export function describeStoreContract(name: string, setUp: () => Promise<StoreHarness>): void {
  describe(`the store contract on ${name}`, () => {
    let harness: StoreHarness;
    const current = () => harness;
    beforeAll(async () => {
      harness = await setUp();
      return () => harness.cleanUp();
    });
    describe("clients", () => describeClients(current));
    describe("scopes", () => describeScopes(current));
    describe("APIs", () => describeApis(current));
    describe("authorization requests", () => describeRequests(current));
    describe("pushed authorization requests", () => describePushedRequests(current));
    describe("temporary redirect URIs", () => describeTemporaryRedirectUris(current));
    describe("consents", () => describeConsents(current));
    describe("authorization codes", () => describeCodes(current));
    describe("authorization codes while consented", () => describeConsentedCodes(current));
    describe("device authorizations", () => describeDevices(current));
    describe("decisions on devices", () => describeDeviceDecisions(current));
    describe("the polling of devices", () => describeDevicePolling(current));
    describe("tokens", () => describeTokens(current));
    describe("refresh tokens that stay", () => describeRenewal(current));
    describe("revocation", () => describeRevocation(current));
    describe("users", () => describeUsers(current));
    describe("groups", () => describeGroups(current));
    describe("subjects", () => describeSubjects(current));
    describe("used jtis", () => describeUsedJtis(current));
    describe("attempts", () => describeAttempts(current));
    describe("what is recorded with a change", () => describeRecordedChanges(current));
    describe("audit log", () => describeAudit(current));
    describe("text that no storage takes", () => describeRefusedText(current));
  });
}
