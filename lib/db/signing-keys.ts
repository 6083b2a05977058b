import "server-only";
import type { JWK } from "jose";
import { currentTime } from "@/lib/clock";
import { findDueAlgorithms, findSuccessor } from "@/lib/oauth/keys/key-schedule";
import { onDemandAlgorithms, type SigningAlgorithm, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import type { Prisma, PrismaClient } from "./client";
import { retrying } from "./retry";

/** Taken before signing keys are added or removed, so that all processes together create one set. */
const signingKeysLock = 7_206_001;

export interface NewSigningKey {
  /** RFC 7638 thumbprint. */
  kid: string;
  algorithm: SigningAlgorithm;
  publicJwk: JWK;
  /** The private JWK, encrypted by the caller. */
  sealedPrivate: string;
}

export interface StoredSigningKey extends NewSigningKey {
  createdAt: Date;
  signsFrom: Date;
  /** Since when no application has used its algorithm; null if one does. */
  unusedSince: Date | null;
}

export interface SigningKeySet {
  /** The oldest first. */
  keys: StoredSigningKey[];
  /** The algorithms that need a key: all except those on demand that no application uses. */
  wanted: SigningAlgorithm[];
  /** When they were read, by the database's clock: all processes change keys at the same moment. */
  at: Date;
}

export interface SigningKeyStore {
  list(): Promise<SigningKeySet>;
  /**
   * Adds keys whose algorithm has none yet, to sign immediately, and returns the same as `list`. Of parallel calls one
   * adds.
   */
  addMissing(keys: readonly NewSigningKey[]): Promise<SigningKeySet>;
}

type Transaction = Prisma.TransactionClient;

export function createSigningKeyStore(prisma: PrismaClient): SigningKeyStore {
  return retrying<SigningKeyStore>({
    list: () => readSigningKeys(prisma),

    addMissing(keys) {
      return prisma.$transaction(async (tx) => {
        await lockSigningKeys(tx);
        const { keys: stored, at } = await readSigningKeys(tx);
        const known = new Set(stored.map(({ algorithm }) => algorithm));
        const missing = keys.filter(({ algorithm }) => !known.has(algorithm));
        await insert(tx, missing, { createdAt: at, signsFrom: at, unusedSince: null });
        return readSigningKeys(tx);
      });
    },
  });
}

export async function readSigningKeys(prisma: Pick<PrismaClient, "signingKey" | "$queryRaw">): Promise<SigningKeySet> {
  // Read first: everything read afterwards is at least as new.
  const [facts] = await prisma.$queryRaw<{ at: Date; used: string[] }[]>`
    SELECT clock_timestamp() AS at, ARRAY(
      SELECT algorithm FROM unnest(${onDemandAlgorithms}::text[]) AS algorithm
      WHERE EXISTS (
        SELECT 1 FROM applications WHERE algorithm IN (id_token_signed_response_alg, userinfo_signed_response_alg,
          authorization_signed_response_alg, introspection_signed_response_alg)
      )
    ) AS used`;
  const rows = await prisma.signingKey.findMany({
    orderBy: [{ signsFrom: "asc" }, { algorithm: "asc" }, { kid: "asc" }],
  });
  const keys = rows.map((row) => ({
    ...row,
    algorithm: row.algorithm as SigningAlgorithm,
    publicJwk: row.publicJwk as unknown as JWK,
  }));
  const wanted = signingAlgorithms.filter(
    (algorithm) => !onDemandAlgorithms.includes(algorithm) || facts?.used.includes(algorithm),
  );
  return { keys, wanted, at: facts?.at ?? currentTime() };
}

/**
 * Publishes those keys whose algorithm is due (`findDueAlgorithms`), to sign `lead` seconds from now, and returns them.
 * Of parallel calls one adds.
 */
export async function addSuccessors(
  tx: Transaction,
  keys: readonly NewSigningKey[],
  { lead, minimumAge }: { lead: number; minimumAge: number },
): Promise<StoredSigningKey[]> {
  await lockSigningKeys(tx);
  const { keys: stored, at } = await readSigningKeys(tx);
  const due = findDueAlgorithms(stored, at, minimumAge);
  const times = { createdAt: at, signsFrom: new Date(at.getTime() + lead * 1000), unusedSince: null };
  const added = keys.filter(({ algorithm }) => due.includes(algorithm));
  await insert(tx, added, times);
  return added.map((key) => ({ ...key, ...times }));
}

/**
 * Removes the keys that stopped signing more than `retention` seconds ago, because another one signs or no application
 * has used their algorithm since, and returns them. A key stays for as long as there is an access token from its time,
 * as those may be JWTs with a lifetime of their own.
 */
export async function removeRetired(tx: Transaction, retention: number): Promise<StoredSigningKey[]> {
  await lockSigningKeys(tx);
  const { keys, at } = await noteUnused(tx, await readSigningKeys(tx));
  const removed: StoredSigningKey[] = [];
  for (const key of keys) {
    const endedAt = findSuccessor(keys, key)?.signsFrom ?? key.unusedSince;
    if (!endedAt || endedAt.getTime() + retention * 1000 > at.getTime()) continue;
    const lasting = await tx.accessToken.findFirst({
      where: { createdAt: { lt: endedAt }, expiresAt: { gt: at }, audience: { isEmpty: false } },
      select: { tokenHash: true },
    });
    if (!lasting) removed.push(key);
  }
  await tx.signingKey.deleteMany({ where: { kid: { in: removed.map(({ kid }) => kid) } } });
  return removed;
}

async function noteUnused(tx: Transaction, set: SigningKeySet): Promise<SigningKeySet> {
  const { wanted, at } = set;
  const algorithm = { in: wanted };
  await tx.signingKey.updateMany({ where: { algorithm, unusedSince: { not: null } }, data: { unusedSince: null } });
  await tx.signingKey.updateMany({ where: { NOT: { algorithm }, unusedSince: null }, data: { unusedSince: at } });
  const keys = set.keys.map((key) => ({
    ...key,
    unusedSince: wanted.includes(key.algorithm) ? null : (key.unusedSince ?? at),
  }));
  return { ...set, keys };
}

async function lockSigningKeys(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${signingKeysLock})`;
}

async function insert(
  tx: Transaction,
  keys: readonly NewSigningKey[],
  times: Pick<StoredSigningKey, "createdAt" | "signsFrom" | "unusedSince">,
): Promise<void> {
  await tx.signingKey.createMany({
    data: keys.map((key) => ({ ...key, ...times, publicJwk: key.publicJwk as Prisma.InputJsonObject })),
  });
}
