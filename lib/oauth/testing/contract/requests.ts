import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findClient } from "../../client/find-client";
import type { AuthorizationRequest } from "../../ports/types";
import { digest, randomToken } from "../../wire/digest";
import { buildCode, buildRequest } from "../builders";
import {
  buildDecision,
  type CurrentHarness,
  countTrue,
  hardScopes,
  hardText,
  inParallel,
  type StoreHarness,
  seedOwner,
  unconditionally,
} from "./harness";

async function seedRequest(harness: StoreHarness, values: Partial<AuthorizationRequest> = {}) {
  const owner = await seedOwner(harness);
  const request = buildRequest(owner.client, values);
  await harness.stores.requests.create(request);
  return { ...owner, request };
}

export function describeRequests(harness: CurrentHarness): void {
  test("a request comes back with every field", async () => {
    const { request } = await seedRequest(harness(), {
      redirectUri: `com.example.app:/${"x".repeat(1900)}?a=%C3%A9`,
      redirectUriSent: false,
      scopes: hardScopes,
      resources: ["https://api.example/{a,b}?q=%C3%A9", "urn:example:api"],
      state: hardText,
      codeChallenge: digest("verifier"),
      dpopJkt: digest("key"),
      responseMode: "form_post",
      maxAge: 2 ** 31 - 1,
      prompts: ["login", "consent"],
      approvalPrompt: "force",
      loginHint: hardText,
      uiLocales: "de-CH de",
      authenticatedSessionId: randomUUID(),
      decision: "denied",
      decidedBySessionId: randomUUID(),
    });
    expect(await harness().elsewhere.requests.find(request.idHash)).toEqual(request);
  });

  test("what a request omits comes back as null or empty", async () => {
    const { request } = await seedRequest(harness(), { scopes: [], prompts: [], state: null });
    expect(await harness().stores.requests.find(request.idHash)).toEqual(request);
  });

  test("an unknown request is not found, not authenticated for, not decided, not consumed", async () => {
    const { client, user } = await seedOwner(harness());
    const request = buildRequest(client);
    const { requests, codes } = harness().stores;
    expect(await requests.find(request.idHash)).toBeNull();
    expect(await requests.recordAuthentication(request.idHash, request.browserHash, randomUUID())).toBe(false);
    expect(await requests.decide(buildDecision(request, user.id))).toBe(false);
    expect(await requests.discard(request.idHash)).toBe(false);
    const code = buildCode({ applicationId: client.id, userId: user.id });
    expect(await codes.issueForRequest(code, request.idHash, unconditionally)).toBe(false);
    expect(await codes.find(code.codeHash)).toBeNull();
    expect(await harness().stores.consents.find(user.id, client.id)).toBeNull();
  });

  test("two requests can't share an ID", async () => {
    const { client, request } = await seedRequest(harness());
    await expect(harness().stores.requests.create(buildRequest(client, { idHash: request.idHash }))).rejects.toThrow();
    expect(await harness().stores.requests.find(request.idHash)).toEqual(request);
  });

  test("recordAuthentication records the session, the latest one counts", async () => {
    const { request } = await seedRequest(harness());
    const { requests } = harness().stores;
    const sessionId = randomUUID();
    expect(await requests.recordAuthentication(request.idHash, request.browserHash, randomUUID())).toBe(true);
    expect(await requests.recordAuthentication(request.idHash, request.browserHash, sessionId)).toBe(true);
    expect(await requests.find(request.idHash)).toEqual({ ...request, authenticatedSessionId: sessionId });
  });

  test("another browser can't authenticate for the request", async () => {
    const { request } = await seedRequest(harness());
    const { requests } = harness().stores;
    expect(await requests.recordAuthentication(request.idHash, digest(randomToken()), randomUUID())).toBe(false);
    expect(await requests.find(request.idHash)).toEqual(request);
  });

  for (const decision of ["approved", "denied"] as const) {
    test(`decide records that the user ${decision}, and in which session`, async () => {
      const { request, user } = await seedRequest(harness());
      const record = buildDecision(request, user.id, { decision });
      expect(await harness().stores.requests.decide(record)).toBe(true);
      const decided = { ...request, decision, decidedBySessionId: record.sessionId };
      expect(await harness().elsewhere.requests.find(request.idHash)).toEqual(decided);
    });

    test(`a request that was ${decision} is not decided again`, async () => {
      const { request, user } = await seedRequest(harness());
      const { requests } = harness().stores;
      await requests.decide(buildDecision(request, user.id, { decision }));
      const decided = await requests.find(request.idHash);
      const other = decision === "approved" ? "denied" : "approved";
      expect(await requests.decide(buildDecision(request, user.id, { decision: other }))).toBe(false);
      expect(await requests.decide(buildDecision(request, user.id, { decision }))).toBe(false);
      expect(await requests.find(request.idHash)).toEqual(decided);
    });
  }

  test("a foreign browser's decision changes nothing, the consent included", async () => {
    const { request, user, client } = await seedRequest(harness());
    const { requests, consents } = harness().stores;
    const record = buildDecision(request, user.id, { browserHash: digest(randomToken()) });
    expect(await requests.decide(record)).toBe(false);
    expect(await requests.find(request.idHash)).toEqual(request);
    expect(await consents.find(user.id, client.id)).toBeNull();
  });

  test("an expired request is not decided; its last millisecond is before expiresAt", async () => {
    const { request, user, client } = await seedRequest(harness());
    const { requests, consents } = harness().stores;
    expect(await requests.decide(buildDecision(request, user.id, { at: request.expiresAt }))).toBe(false);
    expect(await requests.find(request.idHash)).toEqual(request);
    expect(await consents.find(user.id, client.id)).toBeNull();
    const lastMoment = new Date(request.expiresAt.getTime() - 1);
    expect(await requests.decide(buildDecision(request, user.id, { at: lastMoment }))).toBe(true);
  });

  test("of 50 parallel decisions exactly one counts, and the consent is that one's", async () => {
    const { request, user, client } = await seedRequest(harness());
    const records = Array.from({ length: 50 }, (_, index) =>
      buildDecision(request, user.id, { decision: index % 2 === 0 ? "approved" : "denied" }),
    );
    const answers = await inParallel(harness(), 50, (stores, index) =>
      stores.requests.decide(records[index] ?? fail()),
    );
    expect(countTrue(answers)).toBe(1);
    const winner = records[answers.indexOf(true)];
    const found = await harness().stores.requests.find(request.idHash);
    expect(found).toMatchObject({ decision: winner?.decision, decidedBySessionId: winner?.sessionId });
    const consent = await harness().stores.consents.find(user.id, client.id);
    expect(consent).toEqual(winner?.decision === "approved" ? request.scopes : null);
  });

  test("a decision whose consent can't be stored is not stored either", async () => {
    const { request } = await seedRequest(harness());
    const nobody = randomUUID();
    await expect(harness().stores.requests.decide(buildDecision(request, nobody))).rejects.toThrow();
    expect(await harness().stores.requests.find(request.idHash)).toEqual(request);
  });

  test("discard consumes the request, once of 50 times", async () => {
    const { request } = await seedRequest(harness());
    const answers = await inParallel(harness(), 50, (stores) => stores.requests.discard(request.idHash));
    expect(countTrue(answers)).toBe(1);
    expect(await harness().stores.requests.find(request.idHash)).toBeNull();
  });
}

function fail(): never {
  throw new Error("No such record");
}

export function describeConsents(harness: CurrentHarness): void {
  test("an approval is remembered for this user and this application only", async () => {
    const { request, user, client } = await seedRequest(harness(), { scopes: ["read", "write"] });
    const other = await seedOwner(harness());
    await harness().stores.requests.decide(buildDecision(request, user.id));
    const { find } = harness().elsewhere.consents;
    expect(await find(user.id, client.id)).toEqual(["read", "write"]);
    expect(await find(other.user.id, client.id)).toBeNull();
    expect(await find(user.id, other.client.id)).toBeNull();
    expect(await find(randomUUID(), randomUUID())).toBeNull();
  });

  test("an application that registered itself is kept once it was allowed something, not for a denial", async () => {
    const { seed, stores } = harness();
    const user = await seed.user();
    const client = await seed.application({ registeredDynamically: true, expiresAt: new Date("2120-01-01T00:00:00Z") });
    const decide = async (decision: "approved" | "denied") => {
      const request = buildRequest(client);
      await stores.requests.create(request);
      await stores.requests.decide(buildDecision(request, user.id, { decision }));
      return (await findClient(stores.clients, client.clientId))?.expiresAt;
    };
    expect(await decide("denied")).toEqual(client.expiresAt);
    expect(await decide("approved")).toBeNull();
  });

  test("a denial isn't consent, and revokes none", async () => {
    const { request, user, client } = await seedRequest(harness(), { scopes: ["read"] });
    const { requests, consents } = harness().stores;
    await requests.decide(buildDecision(request, user.id, { decision: "denied" }));
    expect(await consents.find(user.id, client.id)).toBeNull();
    for (const decision of ["approved", "denied"] as const) {
      const next = buildRequest(client, { scopes: ["read"] });
      await requests.create(next);
      await requests.decide(buildDecision(next, user.id, { decision }));
    }
    expect(await consents.find(user.id, client.id)).toEqual(["read"]);
  });

  test("an approval adds to what was allowed before and never removes", async () => {
    const { user, client } = await seedOwner(harness());
    for (const scopes of [["read", ...hardScopes], ["write"], ["read"], []]) {
      const request = buildRequest(client, { scopes });
      await harness().stores.requests.create(request);
      await harness().stores.requests.decide(buildDecision(request, user.id));
    }
    const consent = await harness().stores.consents.find(user.id, client.id);
    expect([...(consent ?? [])].sort()).toEqual([...new Set(["read", "write", ...hardScopes])].sort());
  });

  test("of 20 parallel approvals for different scopes, none is lost", async () => {
    const { user, client } = await seedOwner(harness());
    const requests = Array.from({ length: 20 }, (_, index) => buildRequest(client, { scopes: [`scope-${index}`] }));
    for (const request of requests) await harness().stores.requests.create(request);
    const answers = await inParallel(harness(), 20, (stores, index) =>
      stores.requests.decide(buildDecision(requests[index] ?? fail(), user.id)),
    );
    expect(countTrue(answers)).toBe(20);
    const consent = await harness().stores.consents.find(user.id, client.id);
    expect(new Set(consent)).toEqual(new Set(requests.flatMap((request) => request.scopes)));
  });
}
