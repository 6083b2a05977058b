import { compactVerify, importJWK, type JWK, SignJWT } from "jose";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { NewSigningKey, SigningKeySet, SigningKeyStore, StoredSigningKey } from "@/lib/db/signing-keys";
import { type SigningAlgorithm, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { createSigningKey, SigningKeyError } from "./sealed-signing-key";
import { StoredKeyRing } from "./signing-keys";

const sealingKey = new Uint8Array(32).fill(7);

/** A table that any number of processes can use, counting its reads. */
class Table implements SigningKeyStore {
  rows: StoredSigningKey[] = [];
  wanted: SigningAlgorithm[] = [...signingAlgorithms];
  reads = 0;
  failure: Error | null = null;

  async list() {
    this.reads += 1;
    if (this.failure) throw this.failure;
    return this.#answer();
  }

  async addMissing(keys: readonly NewSigningKey[]) {
    const known = new Set(this.rows.map(({ algorithm }) => algorithm));
    const times = { createdAt: readClock(), signsFrom: readClock(), unusedSince: null };
    this.rows.push(...keys.filter(({ algorithm }) => !known.has(algorithm)).map((key) => ({ ...key, ...times })));
    return this.#answer();
  }

  #answer() {
    return { keys: structuredClone(this.rows), wanted: this.wanted, at: readClock() };
  }
}

/** Created once: RSA keys take time. */
let made: readonly StoredSigningKey[];
let table: Table;
let seconds = 0;
/** The database's clock, which differs from those of the processes. */
const readClock = () => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const openRing = (key = sealingKey) => new StoredKeyRing({ store: table, sealingKey: key, now: () => seconds * 1000 });

beforeAll(async () => {
  table = new Table();
  await openRing().publicKeys();
  made = table.rows.map((row) => ({ ...row, signsFrom: new Date(readClock().getTime() - 3_600_000) }));
});

beforeEach(() => {
  table = new Table();
  table.rows = structuredClone([...made]);
  seconds = 0;
});

test("an empty table gets one key for each algorithm, named by its RFC 7638 thumbprint", async () => {
  table.rows = [];
  const keys = await openRing().publicKeys();
  expect(keys.map(({ alg }) => alg)).toEqual(signingAlgorithms);
  expect(keys.map(({ kty, crv, use }) => [kty, crv, use])).toEqual([
    ["RSA", undefined, "sig"],
    ["RSA", undefined, "sig"],
    ["EC", "P-256", "sig"],
    ["OKP", "Ed25519", "sig"],
  ]);
  for (const { kid } of keys) expect(kid).toMatch(/^[\w-]{43}$/);
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
  for (const { n } of keys.slice(0, 2)) expect(Buffer.from(n ?? "", "base64url").length * 8).toBe(2048);
});

test("nothing private is published, and nothing private is stored in the clear (RFC 7517 §9.2)", async () => {
  const keys = await openRing().publicKeys();
  const allowed = ["kty", "kid", "alg", "use", "n", "e", "crv", "x", "y"];
  for (const key of keys) expect(Object.keys(key).filter((name) => !allowed.includes(name))).toEqual([]);
  for (const { sealedPrivate, publicJwk } of table.rows) {
    expect(sealedPrivate).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(publicJwk.d).toBeUndefined();
  }
});

test.each(signingAlgorithms)("what is signed with %s is verified with the published key of that kid", async (alg) => {
  const [ring, other] = [openRing(), openRing()];
  const { kid, privateKey } = await ring.signingKey(alg);
  const jwt = await new SignJWT({ a: 1 }).setProtectedHeader({ alg, kid }).sign(privateKey);
  const published = (await other.publicKeys()).find((key) => key.kid === kid);
  await compactVerify(jwt, await importJWK(published as JWK, alg), { algorithms: [alg] });
  // Code in this process can sign with it but can't export it by mistake.
  expect(privateKey.extractable).toBe(false);
});

test("rings that start at the same time have the same keys, and one ring creates no two sets", async () => {
  // An RSA key takes time to create, and each ring would create two.
  table.rows = table.rows.filter(({ publicJwk }) => publicJwk.kty === "RSA");
  const ring = openRing();
  const sets = await Promise.all([
    ring.publicKeys(),
    ring.publicKeys(),
    openRing().publicKeys(),
    openRing().publicKeys(),
  ]);
  for (const set of sets) expect(set).toEqual(sets[0]);
  expect(table.rows).toHaveLength(4);
});

test("a key is created only for an algorithm that has none", async () => {
  const [first, ...others] = table.rows;
  table.rows = others;
  const keys = await openRing().publicKeys();
  expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining(others.map(({ kid }) => kid)));
  expect(keys.filter(({ alg }) => alg === first?.algorithm)).toHaveLength(1);
  expect(keys).toHaveLength(4);
});

test("the table is read again after a minute", async () => {
  const ring = openRing();
  await ring.publicKeys();
  seconds = 59;
  await ring.signingKey("ES256");
  expect(table.reads).toBe(1);
  seconds = 60;
  table.rows.reverse();
  expect((await ring.publicKeys()).map(({ alg }) => alg)).toEqual(signingAlgorithms.toReversed());
  expect(table.reads).toBe(2);
});

test("during a database outage the known keys are used, and the database is tried every ten seconds", async () => {
  const ring = openRing();
  const keys = await ring.publicKeys();
  table.failure = new Error("down");
  for (seconds = 60; seconds < 80; seconds += 1) expect(await ring.publicKeys()).toEqual(keys);
  expect(table.reads).toBe(3);
  await expect(openRing().publicKeys()).rejects.toThrow("down");
});

test("known keys are returned a second after the table didn't answer, and immediately while the outage lasts", async () => {
  let [read, pass] = [(_: SigningKeySet) => {}, () => {}];
  const reading = new Promise<SigningKeySet>((resolve) => {
    read = resolve;
  });
  const passing = new Promise<void>((resolve) => {
    pass = resolve;
  });
  const waits: number[] = [];
  const wait = (milliseconds: number) => {
    waits.push(milliseconds);
    return passing;
  };
  const ring = new StoredKeyRing({ store: table, sealingKey, now: () => seconds * 1000, wait });
  const keys = await ring.publicKeys();
  const answer = table.list.bind(table);
  table.list = () => reading;
  seconds = 60;
  const asked = ring.publicKeys();
  expect(await Promise.race([asked, Promise.resolve("nothing yet")])).toBe("nothing yet");
  pass();
  expect(await asked).toEqual(keys);
  expect(await ring.publicKeys()).toEqual(keys);
  expect(waits).toEqual([1000]);
  table.rows.reverse();
  read(await answer());
  await new Promise((resolve) => setImmediate(resolve));
  expect((await ring.publicKeys()).map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid).toReversed());
});

test("a ring that couldn't be filled is filled later", async () => {
  const ring = openRing();
  table.failure = new Error("down");
  await expect(ring.publicKeys()).rejects.toThrow("down");
  table.failure = null;
  expect(await ring.publicKeys()).toHaveLength(4);
});

test("with another AUTH_SECRET, signing says what to do, the public keys are still published, and nothing is overwritten", async () => {
  const keys = await openRing().publicKeys();
  const rows = structuredClone(table.rows);
  const ring = openRing(new Uint8Array(32).fill(8));
  await expect(ring.signingKey("RS256")).rejects.toThrow(SigningKeyError);
  await expect(ring.signingKey("RS256")).rejects.toThrow(/AUTH_SECRET is not the one/);
  expect(await ring.publicKeys()).toEqual(keys);
  expect(table.rows).toEqual(rows);
});

test("a private part that was moved to another kid is not used for signing", async () => {
  const [first, second] = table.rows;
  if (!first || !second) throw new Error("No keys were made.");
  first.sealedPrivate = second.sealedPrivate;
  await expect(openRing().signingKey(first.algorithm)).rejects.toThrow(/another key's/);
});

test("a pending key is published immediately and signs from its time on, without another read of the table", async () => {
  const next = {
    ...(await createSigningKey("ES256", sealingKey)),
    createdAt: readClock(),
    signsFrom: readClock(),
    unusedSince: null,
  };
  seconds = -30;
  table.rows.push(next);
  const ring = openRing();
  expect((await ring.publicKeys()).map(({ kid }) => kid)).toContain(next.kid);
  seconds = -0.001;
  expect((await ring.signingKey("ES256")).kid).toBe(made.find(({ algorithm }) => algorithm === "ES256")?.kid);
  seconds = 0;
  expect((await ring.signingKey("ES256")).kid).toBe(next.kid);
  expect((await ring.signingKey("RS256")).kid).not.toBe(next.kid);
  expect(table.reads).toBe(1);
});

test("an expired ring reads the table immediately, and a removed key is neither published nor used", async () => {
  const ring = openRing();
  const removed = await ring.signingKey("EdDSA");
  const replacement = {
    ...(await createSigningKey("EdDSA", sealingKey)),
    createdAt: readClock(),
    signsFrom: readClock(),
    unusedSince: null,
  };
  table.rows = [...table.rows.filter(({ kid }) => kid !== removed.kid), replacement];
  ring.expire();
  expect((await ring.publicKeys()).map(({ kid }) => kid)).not.toContain(removed.kid);
  expect((await ring.signingKey("EdDSA")).kid).toBe(replacement.kid);
});

/** No application uses Ed25519, which some clients can't read. */
function useNoEdDsa() {
  table.wanted = signingAlgorithms.filter((algorithm) => algorithm !== "EdDSA");
  table.rows = table.rows.filter(({ algorithm }) => algorithm !== "EdDSA");
}

test("RFC 7517 §5: no EdDSA key is created while no application uses it", async () => {
  useNoEdDsa();
  expect((await openRing().publicKeys()).map(({ alg }) => alg)).toEqual(["RS256", "PS256", "ES256"]);
});

test("a key created on demand is published before it signs: by other processes at most a second later", async () => {
  useNoEdDsa();
  const [one, other] = [openRing(), openRing()];
  for (const ring of [one, other]) expect(await ring.publicKeys()).toHaveLength(3);
  table.wanted = [...signingAlgorithms];
  one.expire();
  const published = await one.publicKeys();
  expect(published).toHaveLength(4);
  const { kid } = await one.signingKey("EdDSA");
  expect(published.map((key) => key.kid)).toContain(kid);
  seconds += 1;
  expect(await other.publicKeys()).toEqual(published);
  expect((await other.signingKey("EdDSA")).kid).toBe(kid);
});

test("a process that doesn't know yet of the first EdDSA application still signs, with the same key", async () => {
  useNoEdDsa();
  const [one, other] = [openRing(), openRing()];
  for (const ring of [one, other]) await ring.publicKeys();
  table.wanted = [...signingAlgorithms];
  const [first, second] = [await one.signingKey("EdDSA"), await other.signingKey("EdDSA")];
  expect(second.kid).toBe(first.kid);
  for (const ring of [one, other]) expect((await ring.publicKeys()).map(({ kid }) => kid)).toContain(first.kid);
});

test("while a key on demand is missing, a flood of requests for the set costs one read per second", async () => {
  useNoEdDsa();
  const ring = openRing();
  await ring.publicKeys();
  table.reads = 0;
  for (let time = 0; time < 50; time++) await ring.publicKeys();
  expect(table.reads).toBe(0);
  seconds += 1;
  await Promise.all(Array.from({ length: 50 }, () => ring.publicKeys()));
  expect(table.reads).toBe(1);
  table.failure = new Error("outage");
  seconds += 1;
  for (let time = 0; time < 50; time++) expect(await ring.publicKeys()).toHaveLength(3);
  expect(table.reads).toBe(2);
});
