import "server-only";
import type { JWK } from "jose";
import type { SigningAlgorithm } from "@/lib/oauth/context";
import type { Prisma, PrismaClient } from "./client";

/** Taken by whoever adds signing keys, so that several processes on an empty database make one set. */
const signingKeysLock = 7_206_001;

export interface StoredSigningKey {
  /** RFC 7638 thumbprint. */
  kid: string;
  algorithm: SigningAlgorithm;
  publicJwk: JWK;
  /** The private JWK, encrypted by the caller. */
  sealedPrivate: string;
}

export interface SigningKeyStore {
  /** All keys, the oldest first. */
  list(): Promise<StoredSigningKey[]>;
  /** Adds those keys whose algorithm has none yet, and answers as `list` does. Of parallel calls one adds. */
  addMissing(keys: readonly StoredSigningKey[]): Promise<StoredSigningKey[]>;
}

export function createSigningKeyStore(prisma: PrismaClient): SigningKeyStore {
  return {
    list: () => list(prisma),

    addMissing(keys) {
      return prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${signingKeysLock})`;
        const known = new Set((await list(tx)).map(({ algorithm }) => algorithm));
        await tx.signingKey.createMany({
          data: keys
            .filter(({ algorithm }) => !known.has(algorithm))
            .map((key) => ({ ...key, publicJwk: key.publicJwk as Prisma.InputJsonObject })),
        });
        return list(tx);
      });
    },
  };
}

async function list(prisma: Pick<PrismaClient, "signingKey">): Promise<StoredSigningKey[]> {
  const rows = await prisma.signingKey.findMany({
    select: { kid: true, algorithm: true, publicJwk: true, sealedPrivate: true },
    orderBy: [{ createdAt: "asc" }, { kid: "asc" }],
  });
  return rows.map((row) => ({
    ...row,
    algorithm: row.algorithm as SigningAlgorithm,
    publicJwk: row.publicJwk as unknown as JWK,
  }));
}
