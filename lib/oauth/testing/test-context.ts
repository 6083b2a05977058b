import { randomUUID } from "node:crypto";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { ProtocolSettings } from "../ports/settings";
import { buildApi, buildClient, buildSecret } from "./builders";
import { epoch, scopes, settings } from "./defaults";
import { testKeyRing } from "./key-ring";
import type { StoredApi } from "./memory/memory";
import { createMemoryStores, type MemoryStores } from "./memory/memory-store";

export class TestClock {
  #now = epoch;
  readonly now = () => this.#now;

  set(at: Date): void {
    this.#now = at;
  }

  advance(seconds: number): void {
    this.#now = addSeconds(this.#now, seconds);
  }
}

export interface TestContext extends OAuthContext {
  stores: MemoryStores;
  clock: TestClock;
  user: { id: string; username: string };
}

/** A context on empty memory stores that know the scopes and one user, alice. */
export function buildContext(values: Partial<ProtocolSettings> = {}): TestContext {
  const clock = new TestClock();
  const stores = createMemoryStores(clock.now);
  for (const scope of scopes) stores.saveScope(scope);
  const user = { id: randomUUID(), username: "alice" };
  stores.saveUser({ ...user, disabled: false });
  return {
    stores,
    clock,
    user,
    now: clock.now,
    issuer: "https://id.example/o",
    settings: { ...settings, ...values },
    admit: () => 0,
    dpop: { nonceKey: new TextEncoder().encode("a key of 32 bytes for the nonces") },
    keys: testKeyRing,
    remoteKeys: { fetch: async () => null },
    requestObjects: { fetch: async () => null },
  };
}

/** A client that the context's stores know, with the secret that authenticates it; a public one has none. */
export function registerClient(context: TestContext, values: Partial<Client> = {}): { client: Client; secret: string } {
  const { secret, record } = buildSecret();
  const client = buildClient({ secrets: values.clientType === "public" ? [] : [record], ...values });
  context.stores.saveClient(client);
  return { client, secret };
}

/** An API that the context's stores know. */
export function registerApi(context: TestContext, values: Partial<StoredApi> = {}): StoredApi {
  const api = buildApi(values);
  context.stores.saveApi(api);
  return api;
}
