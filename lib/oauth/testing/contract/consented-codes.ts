import { expect, test } from "vitest";
import { toConsentEntries } from "../../scope/consent-entries";
import { buildCode, buildRequest } from "../builders";
import { buildDecision, type CurrentHarness, type StoreHarness, seedOwner, whileConsented } from "./harness";

/** Codes that are issued only while the user allows it. */
export function describeConsentedCodes(harness: CurrentHarness): void {
  /** A user who has allowed an application `read`, through a request that still exists. */
  async function seedConsent(current: StoreHarness) {
    const owner = await seedOwner(current);
    const request = buildRequest(owner.client, { scopes: ["read"] });
    await current.stores.requests.create(request);
    await current.stores.requests.decide(buildDecision(request, owner.userId, { scopes: ["read"] }));
    return { ...owner, request };
  }

  test("while consented: a code is stored if the consent covers its scopes, and otherwise nothing happens", async () => {
    const { request, ...owner } = await seedConsent(harness());
    const { codes, requests } = harness().stores;
    const covered = buildCode(owner, { scopes: ["read"] });
    const wider = buildCode(owner, { scopes: ["read", "write"] });
    expect(await codes.issue(wider, whileConsented)).toBe(false);
    expect(await codes.issueForRequest(wider, request.idHash, whileConsented)).toBe(false);
    expect(await codes.find(wider.codeHash)).toBeNull();
    expect(await requests.find(request.idHash)).not.toBeNull();

    expect(await codes.issueForRequest(covered, request.idHash, whileConsented)).toBe(true);
    expect(await codes.issue(buildCode(owner, { scopes: ["read"] }), whileConsented)).toBe(true);
    expect(await codes.find(covered.codeHash)).not.toBeNull();
    expect(await requests.find(request.idHash)).toBeNull();
  });

  test("while consented: what was allowed at one API is neither allowed at another nor everywhere", async () => {
    const owner = await seedOwner(harness());
    const [photos, mail] = ["https://photos.example/", "urn:example:mail"];
    const request = buildRequest(owner.client, { scopes: ["read"], resources: [photos] });
    const { codes, requests } = harness().stores;
    await requests.create(request);
    await requests.decide(buildDecision(request, owner.userId, { scopes: toConsentEntries(["read"], [photos]) }));
    for (const resources of [[], [mail], [photos, mail]]) {
      expect(await codes.issue(buildCode(owner, { scopes: ["read"], resources }), whileConsented)).toBe(false);
    }
    const covered = buildCode(owner, { scopes: ["read"], resources: [photos] });
    expect(await codes.issueForRequest(covered, request.idHash, whileConsented)).toBe(true);
    expect(await codes.find(covered.codeHash)).toMatchObject({ resources: [photos] });
  });

  test("while consented: claims requested by name need the consent that covers them", async () => {
    const { request, ...owner } = await seedConsent(harness());
    const { codes, requests } = harness().stores;
    const code = buildCode(owner, { scopes: ["read"], claims: { id_token: { email: null } } });
    expect(await codes.issue(code, whileConsented)).toBe(false);
    expect(await codes.issueForRequest(code, request.idHash, whileConsented)).toBe(false);
    const wider = buildRequest(owner.client, { scopes: ["read"], claims: code.claims });
    await requests.create(wider);
    await requests.decide(buildDecision(wider, owner.userId, { scopes: ["read", "email"] }));
    expect(await codes.issueForRequest(code, wider.idHash, whileConsented)).toBe(true);
    expect(await codes.find(code.codeHash)).toMatchObject({ scopes: ["read"], claims: code.claims });
  });

  test("while consented: another user's consent and that for another application don't count", async () => {
    const { userId, applicationId } = await seedConsent(harness());
    const other = await seedOwner(harness());
    for (const stranger of [
      { userId, applicationId: other.applicationId },
      { userId: other.userId, applicationId },
    ]) {
      expect(await harness().stores.codes.issue(buildCode(stranger, { scopes: ["read"] }), whileConsented)).toBe(false);
    }
  });
}
