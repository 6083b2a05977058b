import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { StoredApi } from "../memory/memory";
import { type CurrentHarness, hardScopes } from "./harness";

export function describeApis(harness: CurrentHarness): void {
  test("find: those with one of these identifiers, with every field", async () => {
    const { seed, elsewhere } = harness();
    const opaque = await seed.api({ scopes: hardScopes });
    const jwt = await seed.api({ tokenFormat: "jwt", accessTokenLifetime: 300, identifier: `urn:api:${randomUUID()}` });
    await seed.api();
    const found = await elsewhere.apis.find([opaque.identifier, jwt.identifier, `https://${randomUUID()}.example`]);
    expect(found.map(withoutServers)).toHaveLength(2);
    expect(found.map(withoutServers)).toEqual(expect.arrayContaining([opaque, jwt].map(withoutServers)));
  });

  test("find: an identifier in another spelling finds nothing, and none finds none", async () => {
    const { seed, stores } = harness();
    const { identifier } = await seed.api();
    const others = [identifier.toUpperCase(), `${identifier}/`, identifier.slice(0, -1), "%", ""];
    expect(await stores.apis.find(others)).toEqual([]);
    expect(await stores.apis.find([])).toEqual([]);
    expect(await stores.apis.find([identifier, identifier])).toHaveLength(1);
  });

  test("isResourceServer: true if the application serves every one of them", async () => {
    const { seed, stores, elsewhere } = harness();
    const [server, stranger] = [await seed.application(), await seed.application()];
    const [one, two] = [await seedServed(server.id), await seedServed(server.id)];
    const foreign = await seedServed(stranger.id);
    const { isResourceServer } = elsewhere.apis;
    expect(await isResourceServer(server.id, [one])).toBe(true);
    expect(await isResourceServer(server.id, [one, two])).toBe(true);
    expect(await isResourceServer(server.id, [one, one])).toBe(true);
    expect(await isResourceServer(server.id, [one, foreign])).toBe(false);
    expect(await isResourceServer(server.id, [one, `https://${randomUUID()}.example`])).toBe(false);
    expect(await isResourceServer(stranger.id, [one])).toBe(false);
    expect(await stores.apis.isResourceServer(randomUUID(), [one])).toBe(false);
  });

  test("isResourceServer: false for no API", async () => {
    const { seed, stores } = harness();
    const { id } = await seed.application();
    await seedServed(id);
    expect(await stores.apis.isResourceServer(id, [])).toBe(false);
  });

  /** The identifier of a new API that this application serves. */
  async function seedServed(applicationId: string): Promise<string> {
    const { identifier } = await harness().seed.api({ resourceServerIds: [applicationId] });
    return identifier;
  }
}

/** What the port returns of an API. */
function withoutServers({
  id,
  identifier,
  scopes,
  tokenFormat,
  accessTokenLifetime,
}: Omit<StoredApi, "resourceServerIds">) {
  return { id, identifier, scopes, tokenFormat, accessTokenLifetime };
}
