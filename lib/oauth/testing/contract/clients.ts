import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findClient } from "../../client/find-client";
import { addSeconds } from "../../ports/context";
import { buildSecret } from "../builders";
import { epoch } from "../defaults";
import { type CurrentHarness, countTrue, hardScopes, hardText, inParallel } from "./harness";

const longAgo = new Date("2001-02-03T04:05:06.789Z");
const farAway = new Date("2120-02-03T04:05:06.789Z");

export function describeClients(harness: CurrentHarness): void {
  test("an unknown client ID finds nothing, nor does one in another case", async () => {
    const { clientId } = await harness().seed.application({ clientId: `Mixed-${randomUUID()}` });
    const { find } = harness().stores.clients;
    expect(await find(randomUUID())).toBeNull();
    expect(await find(clientId.toUpperCase())).toBeNull();
    expect(await find(`${clientId} `)).toBeNull();
    expect(await find("")).toBeNull();
  });

  test("a client comes back with every field, its redirect URIs in their order", async () => {
    const { seed, stores } = harness();
    const client = await seed.application({
      name: hardText,
      clientType: "public",
      grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
      allowedScopes: hardScopes,
      redirectUris: [
        "https://z.example/cb",
        "com.example.app:/cb",
        "http://127.0.0.1/cb",
        "https://a.example/cb?a=%C3%A9&b",
      ],
      requirePkce: true,
      skipConsent: true,
      redirectsBeforeSignIn: true,
      claimsInIdToken: true,
      defaultApi: (await seed.api()).identifier,
    });
    expect(await stores.clients.find(client.clientId)).toEqual({ ...client, secrets: [] });
  });

  test("empty lists come back empty", async () => {
    const { seed, stores } = harness();
    const client = await seed.application({ grantTypes: [], allowedScopes: [], redirectUris: [], secrets: [] });
    expect(await stores.clients.find(client.clientId)).toEqual(client);
  });

  test("a disabled client is found, and says so", async () => {
    const client = await harness().seed.application({ disabled: true });
    expect(await harness().stores.clients.find(client.clientId)).toMatchObject({ id: client.id, disabled: true });
  });

  test("one that registered itself expires, until it is used", async () => {
    const { seed, stores } = harness();
    const { clientId, id } = await seed.application({ registeredDynamically: true, expiresAt: farAway });
    expect(await stores.clients.find(clientId)).toMatchObject({ expiresAt: farAway });
    expect(await stores.clients.keep(id)).toBe(true);
    expect(await stores.clients.find(clientId)).toMatchObject({ expiresAt: null });
    expect(await stores.clients.keep(id)).toBe(true);
    expect(await stores.clients.keep(randomUUID())).toBe(false);
  });

  test("the active secrets are listed, revoked and expired ones are not", async () => {
    const { seed, stores } = harness();
    const lasting = buildSecret().record;
    const expiring = buildSecret({ expiresAt: farAway, lastUsedAt: epoch }).record;
    const expired = buildSecret({ expiresAt: longAgo }).record;
    const revoked = { ...buildSecret().record, revokedAt: longAgo };
    const client = await seed.application({ secrets: [expired, lasting, revoked, expiring] });
    const found = await findClient(stores.clients, client.clientId);
    expect(found?.secrets).toHaveLength(2);
    expect(found?.secrets).toEqual(expect.arrayContaining([lasting, expiring]));
  });

  test("recordSecretUse records the time on that secret only", async () => {
    const { seed, stores, elsewhere } = harness();
    const [used, other] = [buildSecret().record, buildSecret().record];
    const client = await seed.application({ secrets: [used, other] });
    await stores.clients.recordSecretUse(used.id, epoch, "192.0.2.1");
    const found = await findClient(elsewhere.clients, client.clientId);
    expect(found?.secrets).toEqual(expect.arrayContaining([{ ...used, lastUsedAt: epoch }, other]));
  });

  test("renewSecretHash: of any number of calls one replaces the hash that was verified", async () => {
    const { seed, stores } = harness();
    const [renewed, other] = [buildSecret({ scheme: "sha512" }).record, buildSecret().record];
    const client = await seed.application({ secrets: [renewed, other] });
    const after = { scheme: "sha256", hash: buildSecret().record.hash };
    const answers = await inParallel(harness(), 8, ({ clients }) =>
      clients.renewSecretHash(renewed.id, renewed, after),
    );
    expect(countTrue(answers)).toBe(1);
    const found = await findClient(stores.clients, client.clientId);
    expect(found?.secrets).toEqual(expect.arrayContaining([{ ...renewed, ...after }, other]));
    for (const before of [renewed, { ...after, scheme: "sha512" }, { ...after, hash: other.hash }]) {
      expect(await stores.clients.renewSecretHash(renewed.id, before, other)).toBe(false);
    }
    expect(await stores.clients.renewSecretHash(randomUUID(), after, other)).toBe(false);
    expect(await findClient(stores.clients, client.clientId)).toEqual(found);
  });

  test("ended secrets are listed, and sending one is recorded at most once a minute", async () => {
    const { seed, stores } = harness();
    const active = buildSecret({ expiresAt: farAway }).record;
    const expired = buildSecret({ expiresAt: longAgo }).record;
    const revoked = { ...buildSecret().record, revokedAt: longAgo };
    const client = await seed.application({ secrets: [active, expired, revoked] });
    const listed = await stores.clients.listEndedSecrets(client.id, epoch);
    expect(listed.map(({ id }) => id).toSorted()).toEqual([expired.id, revoked.id].toSorted());
    expect(listed).toContainEqual({ id: expired.id, scheme: expired.scheme, hash: expired.hash });
    expect(await stores.clients.listEndedSecrets(randomUUID(), epoch)).toEqual([]);
    const record = (id: string, seconds: number) =>
      stores.clients.recordSecretRefusal(id, addSeconds(epoch, seconds), "192.0.2.1");
    expect(await record(expired.id, 0)).toBe(true);
    expect(await record(expired.id, 59)).toBe(false);
    expect(await record(expired.id, 60)).toBe(true);
    expect(await record(revoked.id, 60)).toBe(true);
    expect(await record(randomUUID(), 0)).toBe(false);
    const found = await findClient(stores.clients, client.clientId);
    expect(found?.secrets).toEqual([active]);
  });

  test("recordSecretUse of a deleted secret is not an error", async () => {
    await expect(harness().stores.clients.recordSecretUse(randomUUID(), epoch, null)).resolves.toBeUndefined();
  });

  test("isAllowedOrigin: of an enabled application, and exactly the same", async () => {
    const { seed, stores, elsewhere } = harness();
    const host = `${randomUUID()}.example`;
    const [origin, disabled] = [`https://${host}`, `https://disabled.${host}`];
    await seed.application({ allowedOrigins: [origin, `http://localhost:3000/${host}`] });
    await seed.application({ allowedOrigins: [disabled], disabled: true });
    expect(await stores.clients.isAllowedOrigin(origin)).toBe(true);
    expect(await elsewhere.clients.isAllowedOrigin(origin)).toBe(true);
    const others = [
      disabled,
      `http://${host}`,
      `${origin}/`,
      `${origin}:443`,
      origin.toUpperCase(),
      `https://a.${host}`,
    ];
    for (const other of [...others, `${origin}.evil.example`, "https://%", "%", "{}", "null", "", "*", hardText]) {
      expect(await stores.clients.isAllowedOrigin(other), other).toBe(false);
    }
    await seed.application({ allowedOrigins: [disabled] });
    expect(await stores.clients.isAllowedOrigin(disabled)).toBe(true);
  });
}

export function describeScopes(harness: CurrentHarness): void {
  test("every scope is listed, by name, with its sentence and flags", async () => {
    const { seed, stores } = harness();
    const suffix = randomUUID();
    const first = { name: `a-${suffix}`, description: hardText, isDefault: true, isRestricted: false };
    const second = { name: `b-${suffix}`, description: "", isDefault: false, isRestricted: true };
    const third = { name: `c-${suffix}`, description: "See it", isDefault: false, isRestricted: false };
    for (const scope of [third, first, second]) await seed.scope(scope);
    const listed = await stores.scopes.list();
    expect(listed.filter((scope) => scope.name.endsWith(suffix))).toEqual([first, second, third]);
  });
}

export function describeAudit(harness: CurrentHarness): void {
  test("an event is kept with every field", async () => {
    const event = {
      type: "authorization.approved" as const,
      at: epoch,
      userId: randomUUID(),
      applicationId: randomUUID(),
      reference: randomUUID(),
      details: { scopes: [...hardScopes], redirectUri: hardText, count: 2, nested: { empty: [] } },
    };
    await harness().stores.audit.record(event);
    expect(await harness().readAuditEvents(event.reference)).toEqual([event]);
  });

  test("an event outlives, and may precede, what it describes: nothing has to exist", async () => {
    const reference = randomUUID();
    const details = { error: "invalid_request", reason: "unknown client" };
    await harness().stores.audit.record({ type: "authorization.refused", at: epoch, reference, details });
    expect(await harness().readAuditEvents(reference)).toMatchObject([{ type: "authorization.refused", at: epoch }]);
  });
}
