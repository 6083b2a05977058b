import { beforeAll, describe } from "vitest";
import { describeAudit, describeClients, describeScopes } from "./contract/clients";
import { describeCodes } from "./contract/codes";
import { describeConsentedCodes } from "./contract/consented-codes";
import type { StoreHarness } from "./contract/harness";
import { describeConsents, describeRequests } from "./contract/requests";
import { describeRevocation } from "./contract/revocation";
import { describeTokens } from "./contract/tokens";

export type { StoreHarness, StoreSeed } from "./contract/harness";

/** Holds an implementation of `Stores` to every sentence of `store.ts`, parallel calls included. */
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
    describe("authorization requests", () => describeRequests(current));
    describe("consents", () => describeConsents(current));
    describe("authorization codes", () => describeCodes(current));
    describe("authorization codes while consented", () => describeConsentedCodes(current));
    describe("tokens", () => describeTokens(current));
    describe("revocation", () => describeRevocation(current));
    describe("audit log", () => describeAudit(current));
  });
}
