import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { toRegisteredClient } from "../ports/client";
import { addSeconds } from "../ports/context";
import { authenticateFully } from "../testing/authenticate";
import { buildSecret } from "../testing/builders";
import { epoch } from "../testing/defaults";
import { basic, buildClientRequest } from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { InvalidClientError } from "../wire/errors";
import { findClient } from "./find-client";

function authenticate(context: TestContext, authorization: string) {
  return authenticateFully(context, buildClientRequest({}, { authorization }));
}

describe("several secrets", () => {
  test("each active one authenticates, so that one can be rolled without an outage", async () => {
    const context = buildContext();
    const [older, newer] = [buildSecret(), buildSecret({ expiresAt: addSeconds(epoch, 60) })];
    const { client } = registerClient(context, { secrets: [older.record, newer.record] });
    for (const { secret } of [older, newer]) {
      expect(await authenticate(context, basic(client.clientId, secret))).toMatchObject({ id: client.id });
    }
  });

  test("an expired one doesn't, from the exact millisecond", async () => {
    const context = buildContext();
    const { secret, record } = buildSecret({ expiresAt: addSeconds(epoch, 60) });
    const { client } = registerClient(context, { secrets: [record] });
    context.clock.advance(59.999);
    await expect(authenticate(context, basic(client.clientId, secret))).resolves.toBeDefined();
    context.clock.advance(0.001);
    await expect(authenticate(context, basic(client.clientId, secret))).rejects.toThrow(InvalidClientError);
  });

  test("one that the store still lists as active is checked against the core's own clock", async () => {
    const context = buildContext();
    const { secret, record } = buildSecret({ expiresAt: epoch });
    const { client } = registerClient(context, { secrets: [record] });
    context.stores.clients.find = async () => toRegisteredClient(client);
    const header = basic(client.clientId, secret);
    await expect(authenticate(context, header)).rejects.toThrow(InvalidClientError);
    context.clock.advance(-1);
    await expect(authenticate(context, header)).resolves.toBeDefined();
  });

  test("the same secret twice, once expired: the active one counts", async () => {
    const context = buildContext();
    const { secret, record } = buildSecret();
    const expired = { ...record, id: "expired", expiresAt: addSeconds(epoch, -1) };
    const { client } = registerClient(context, { secrets: [expired, record] });
    await expect(authenticate(context, basic(client.clientId, secret))).resolves.toBeDefined();
    const { secrets } = (await findClient(context.stores.clients, client.clientId)) ?? { secrets: [] };
    expect(secrets).toMatchObject([{ id: record.id, lastUsedAt: epoch }]);
  });
});

describe("a secret that was hashed with another scheme", () => {
  const sha512 = (secret: string) => ({
    scheme: "sha512",
    hash: createHash("sha512").update(secret, "utf8").digest("base64url"),
  });

  test("authenticates, and is rehashed while it is known; others stay unchanged", async () => {
    const context = buildContext();
    const [used, other] = [buildSecret(), buildSecret()];
    const secrets = [used, other].map(({ secret, record }) => ({ ...record, ...sha512(secret) }));
    const { client } = registerClient(context, { secrets });
    const stored = async () => (await findClient(context.stores.clients, client.clientId))?.secrets;
    const wrong = authenticate(context, basic(client.clientId, buildSecret().secret));
    await expect(wrong).rejects.toThrow(InvalidClientError);
    expect(await stored()).toMatchObject(secrets.map(({ id, hash }) => ({ id, scheme: "sha512", hash })));
    const header = basic(client.clientId, used.secret);
    const all = await Promise.all(Array.from({ length: 5 }, () => authenticate(context, header)));
    expect(all.map(({ id }) => id)).toEqual(Array(5).fill(client.id));
    const { scheme, hash } = used.record;
    expect(await stored()).toMatchObject([{ id: used.record.id, scheme, hash }, sha512(other.secret)]);
    expect(await authenticate(context, header)).toMatchObject({ id: client.id });
  });

  test("of an unknown scheme: doesn't", async () => {
    const context = buildContext();
    const { secret, record } = buildSecret();
    const { client } = registerClient(context, { secrets: [{ ...record, scheme: "of tomorrow" }] });
    await expect(authenticate(context, basic(client.clientId, secret))).rejects.toThrow(InvalidClientError);
  });
});

describe("when a secret was last used", () => {
  async function lastUse(context: TestContext, clientId: string) {
    return (await findClient(context.stores.clients, clientId))?.secrets.map((secret) => secret.lastUsedAt);
  }

  test("is recorded for the one that was used, to the minute", async () => {
    const context = buildContext();
    const [used, other] = [buildSecret(), buildSecret()];
    const { client } = registerClient(context, { secrets: [used.record, other.record] });
    const header = basic(client.clientId, used.secret);
    await authenticate(context, header);
    expect(await lastUse(context, client.clientId)).toEqual([epoch, null]);
    context.clock.advance(59.999);
    await authenticate(context, header);
    expect(await lastUse(context, client.clientId)).toEqual([epoch, null]);
    context.clock.advance(0.001);
    await authenticate(context, header);
    expect(await lastUse(context, client.clientId)).toEqual([addSeconds(epoch, 60), null]);
  });

  test("is not recorded if authentication failed", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    await expect(authenticate(context, basic(client.clientId, "wrong"))).rejects.toThrow(InvalidClientError);
    expect(await lastUse(context, client.clientId)).toEqual([null]);
  });
});

describe("a secret that has ended", () => {
  test("is refused like any wrong one, and noted at most once a minute", async () => {
    const context = buildContext();
    const [current, old] = [buildSecret(), buildSecret({ expiresAt: addSeconds(epoch, -1) })];
    const { client } = registerClient(context, { secrets: [current.record, old.record] });
    const noted: unknown[] = [];
    const { recordSecretRefusal } = context.stores.clients;
    context.stores.clients.recordSecretRefusal = async (...given) => {
      const recorded = await recordSecretRefusal(...given);
      noted.push([given[0], recorded]);
      return recorded;
    };
    const send = (secret: string) => authenticate(context, basic(client.clientId, secret));
    await expect(send(buildSecret().secret)).rejects.toThrow(InvalidClientError);
    await expect(send(current.secret)).resolves.toBeDefined();
    expect(noted).toEqual([]);
    const errors = await Promise.all([old.secret, buildSecret().secret].map((secret) => send(secret).catch(String)));
    expect(errors[0]).toBe(errors[1]);
    await expect(send(old.secret)).rejects.toThrow(InvalidClientError);
    expect(noted).toEqual([
      [old.record.id, true],
      [old.record.id, false],
    ]);
  });
});
