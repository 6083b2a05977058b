import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { signingAlgorithms } from "@/lib/oauth/context";
import { createPrismaClient } from "./client";
import { createSigningKeyStore, type StoredSigningKey } from "./signing-keys";

const url = process.env.TEST_DATABASE_URL;
if (!url) throw new Error("TEST_DATABASE_URL is not set: run this with `npm test -- --only=contract`.");

/** As many processes as there are clients. */
const clients = Array.from({ length: 8 }, () => createPrismaClient(url));
const stores = clients.map(createSigningKeyStore);
const [prisma] = clients;
const [store] = stores;

// No other contract test has signing keys.
beforeEach(() => prisma?.signingKey.deleteMany());
afterAll(async () => {
  await prisma?.signingKey.deleteMany();
  await Promise.all(clients.map((client) => client.$disconnect()));
});

function buildSet(): StoredSigningKey[] {
  return signingAlgorithms.map((algorithm) => {
    const kid = randomUUID();
    return { kid, algorithm, publicJwk: { kty: "EC", crv: "P-256", x: kid, y: "y" }, sealedPrivate: `sealed ${kid}` };
  });
}

const byKid = (a: StoredSigningKey, b: StoredSigningKey) => a.kid.localeCompare(b.kid);

test("of eight processes that start on an empty table one adds its set, and all go on with it", async () => {
  const sets = stores.map(buildSet);
  const answers = await Promise.all(stores.map((each, index) => each.addMissing(sets[index] ?? [])));
  const [first] = answers;
  for (const answer of answers) expect(answer).toEqual(first);
  expect(sets.filter((set) => set.some(({ kid }) => first?.some((key) => key.kid === kid)))).toHaveLength(1);
  expect(first).toHaveLength(signingAlgorithms.length);
  expect(await store?.list()).toEqual(first);
});

test("keys come back as they were stored", async () => {
  const set = buildSet();
  await store?.addMissing(set);
  expect((await stores[1]?.list())?.toSorted(byKid)).toEqual(set.toSorted(byKid));
});

test("an algorithm that has a key keeps it, one that has none gets one", async () => {
  const [present, ...missing] = buildSet();
  await store?.addMissing(present ? [present] : []);
  const [late, ...others] = buildSet();
  const stored = (await store?.addMissing(late ? [late, ...others] : [])) ?? [];
  expect(stored.map(({ kid }) => kid).toSorted()).toEqual([present, ...others].map((key) => key?.kid ?? "").toSorted());
  expect(stored).toHaveLength(1 + missing.length);
});
