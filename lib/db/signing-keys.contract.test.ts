import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { createPrismaClient, type PrismaClient } from "./client";
import { addSuccessors, createSigningKeyStore, type NewSigningKey, removeRetired } from "./signing-keys";

const url = process.env.TEST_DATABASE_URL;
if (!url) throw new Error("TEST_DATABASE_URL is not set: run this with `npm test -- --only=contract`.");

/** As many processes as there are clients. */
const clients = Array.from({ length: 8 }, () => createPrismaClient(url));
const stores = clients.map(createSigningKeyStore);
const [prisma] = clients;
const [store] = stores;
const applicationName = `Keys ${randomUUID()}`;

// No other contract test has signing keys.
beforeEach(async () => {
  await prisma?.signingKey.deleteMany();
  // So that every algorithm is in use.
  await createApplication({ idTokenSignedResponseAlg: "EdDSA" });
});
afterEach(() => prisma?.application.deleteMany({ where: { name: applicationName } }));
afterAll(async () => {
  await prisma?.signingKey.deleteMany();
  await Promise.all(clients.map((client) => client.$disconnect()));
});

function buildSet(): NewSigningKey[] {
  return signingAlgorithms.map((algorithm) => {
    const kid = randomUUID();
    return { kid, algorithm, publicJwk: { kty: "EC", crv: "P-256", x: kid, y: "y" }, sealedPrivate: `sealed ${kid}` };
  });
}

const toKids = (keys: readonly NewSigningKey[] = []) => keys.map(({ kid }) => kid).toSorted();
const hour = 3600;

/** Keys of every algorithm that have been signing for this long. */
async function storeSigning(seconds: number): Promise<NewSigningKey[]> {
  const set = buildSet();
  await store?.addMissing(set);
  const since = new Date(Date.now() - seconds * 1000);
  await prisma?.signingKey.updateMany({ data: { signsFrom: since, createdAt: since } });
  return set;
}

const rotate = (client: PrismaClient, keys: NewSigningKey[], minimumAge = 0) =>
  client.$transaction((tx) => addSuccessors(tx, keys, { lead: hour, minimumAge }));
const retire = (retention: number) => clients[0]?.$transaction((tx) => removeRetired(tx, retention)) ?? [];

test("F14: what PostgreSQL rolls back in favor of another transaction is repeated", async () => {
  const faults = `faults_${randomUUID().replaceAll("-", "")}`;
  await prisma?.$executeRawUnsafe(`CREATE SEQUENCE ${faults}`);
  await prisma?.$executeRawUnsafe(`
    CREATE FUNCTION ${faults}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('${faults}') <= 2 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40P01'; END IF;
      RETURN NEW;
    END $$`);
  await prisma?.$executeRawUnsafe(
    `CREATE TRIGGER ${faults} BEFORE INSERT ON signing_keys FOR EACH ROW EXECUTE FUNCTION ${faults}()`,
  );
  try {
    const set = buildSet();
    expect(toKids((await store?.addMissing(set))?.keys)).toEqual(toKids(set));
  } finally {
    await prisma?.$executeRawUnsafe(`DROP FUNCTION ${faults}() CASCADE`);
    await prisma?.$executeRawUnsafe(`DROP SEQUENCE ${faults}`);
  }
});

test("of eight processes that start on an empty table one adds its set, and all use it", async () => {
  const sets = stores.map(buildSet);
  const answers = await Promise.all(stores.map((each, index) => each.addMissing(sets[index] ?? [])));
  const [first] = answers;
  for (const { keys } of answers) expect(keys).toEqual(first?.keys);
  expect(sets.filter((set) => set.some(({ kid }) => first?.keys.some((key) => key.kid === kid)))).toHaveLength(1);
  expect(first?.keys).toHaveLength(signingAlgorithms.length);
  expect((await store?.list())?.keys).toEqual(first?.keys);
});

test("keys come back as they were stored, to sign immediately, with the database's time", async () => {
  const set = buildSet();
  await store?.addMissing(set);
  const { keys = [], at = new Date(0) } = (await stores[1]?.list()) ?? {};
  expect(toKids(keys)).toEqual(toKids(set));
  for (const key of keys) {
    expect(key).toMatchObject(set.find(({ kid }) => kid === key.kid) ?? {});
    expect(key.signsFrom.getTime()).toBeLessThanOrEqual(at.getTime());
  }
  expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
});

test("an algorithm that has a key keeps it, one that has none gets one", async () => {
  const [present, ...missing] = buildSet();
  await store?.addMissing(present ? [present] : []);
  const [late, ...others] = buildSet();
  const stored = (await store?.addMissing(late ? [late, ...others] : []))?.keys ?? [];
  expect(toKids(stored)).toEqual(toKids(present ? [present, ...others] : []));
  expect(stored).toHaveLength(1 + missing.length);
});

test("of eight processes that rotate at the same time one adds its keys, which wait for their time", async () => {
  const before = await storeSigning(hour);
  const sets = clients.map(buildSet);
  const answers = await Promise.all(clients.map((client, index) => rotate(client, sets[index] ?? [])));
  const [winner, ...losers] = answers.toSorted((one, other) => other.length - one.length);
  expect(winner).toHaveLength(signingAlgorithms.length);
  expect(losers.flat()).toEqual([]);
  const { keys = [], at = new Date(0) } = (await store?.list()) ?? {};
  expect(toKids(keys)).toEqual(toKids([...before, ...(winner ?? [])]));
  for (const { signsFrom } of winner ?? []) {
    const wait = (signsFrom.getTime() - at.getTime()) / 1000;
    expect(wait).toBeGreaterThan(hour - 60);
    expect(wait).toBeLessThanOrEqual(hour);
  }
});

test("a key gets a successor at the requested age and not before", async () => {
  await storeSigning(2 * hour);
  const [set, client] = [buildSet(), clients[0]];
  if (!client) throw new Error("There is no client.");
  expect(await rotate(client, set, 3 * hour)).toEqual([]);
  expect(await rotate(client, set.slice(0, 1), 2 * hour)).toHaveLength(1);
});

test("a key is removed once it has been succeeded for long enough; one without a successor never is", async () => {
  const old = await storeSigning(100 * hour);
  expect(await retire(0)).toEqual([]);
  const [successor] = await rotate(clients[0] as PrismaClient, buildSet().slice(0, 1));
  expect(await retire(0)).toEqual([]);
  const signsFrom = new Date(Date.now() - 10 * hour * 1000);
  await prisma?.signingKey.update({ where: { kid: successor?.kid ?? "" }, data: { signsFrom } });
  expect(await retire(11 * hour)).toEqual([]);
  const retired = old.filter(({ algorithm }) => algorithm === successor?.algorithm);
  expect(toKids(await retire(9 * hour))).toEqual(toKids(retired));
  expect((await store?.list())?.keys).toHaveLength(signingAlgorithms.length);
});

test("a key stays while an access token for an API from its time is valid, however long that is", async () => {
  const [client] = clients;
  if (!client) throw new Error("There is no client.");
  await storeSigning(100 * hour);
  const [successor] = await rotate(client, buildSet().slice(0, 1));
  const signsFrom = new Date(Date.now() - 10 * hour * 1000);
  await client.signingKey.update({ where: { kid: successor?.kid ?? "" }, data: { signsFrom } });
  const token = await createToken(client, new Date(signsFrom.getTime() - 1000));
  expect(await retire(9 * hour)).toEqual([]);
  await client.accessToken.update({ where: { tokenHash: token }, data: { expiresAt: new Date(Date.now() - 1000) } });
  expect(await retire(9 * hour)).toHaveLength(1);
});

test("RFC 7517 §5: a key for EdDSA is wanted while an application signs with it, and removed long after the last", async () => {
  const [client] = clients;
  if (!client) throw new Error("There is no client.");
  const removeApplications = () => client.application.deleteMany({ where: { name: applicationName } });
  await removeApplications();
  await storeSigning(100 * hour);
  const isWanted = async () => (await store?.list())?.wanted.includes("EdDSA");
  for (const column of [
    "idTokenSignedResponseAlg",
    "userinfoSignedResponseAlg",
    "authorizationSignedResponseAlg",
    "introspectionSignedResponseAlg",
  ]) {
    expect(await isWanted()).toBe(false);
    await createApplication({ [column]: "EdDSA" });
    expect(await isWanted(), column).toBe(true);
    expect(await retire(0)).toEqual([]);
    await removeApplications();
  }
  expect(await retire(hour)).toEqual([]);
  const [unused] = await client.signingKey.findMany({ where: { unusedSince: { not: null } } });
  expect(unused?.algorithm).toBe("EdDSA");
  // It is in use again, so its period starts again.
  await createApplication({ idTokenSignedResponseAlg: "EdDSA" });
  await retire(hour);
  expect(await client.signingKey.count({ where: { unusedSince: { not: null } } })).toBe(0);
  await removeApplications();
  await retire(hour);
  await client.signingKey.updateMany({
    where: { unusedSince: { not: null } },
    data: { unusedSince: new Date(Date.now() - 2 * hour * 1000) },
  });
  expect((await retire(3 * hour)).map(({ algorithm }) => algorithm)).toEqual([]);
  expect((await retire(hour)).map(({ algorithm }) => algorithm)).toEqual(["EdDSA"]);
});

async function createApplication(algorithms: Record<string, string> = {}): Promise<string> {
  const fields = { clientId: randomUUID(), name: applicationName, clientType: "confidential" as const, grantTypes: [] };
  const application = await prisma?.application.create({ data: { ...fields, ...algorithms }, select: { id: true } });
  return application?.id ?? "";
}

async function createToken(client: PrismaClient, createdAt: Date): Promise<string> {
  const applicationId = await createApplication();
  const tokenHash = randomUUID();
  const expiresAt = new Date(Date.now() + 1000 * hour * 1000);
  const data = { tokenHash, applicationId, audience: ["https://api.example"], jti: randomUUID() };
  await client.accessToken.create({ data: { ...data, scopes: [], createdAt, expiresAt } });
  return tokenHash;
}
