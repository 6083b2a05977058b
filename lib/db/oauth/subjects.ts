import "server-only";
import type { SubjectStore } from "@/lib/oauth/ports/user-store";
import { isCanonicalUuid } from "@/lib/oauth/wire/uuid";
import type { PrismaClient } from "../client";

export interface PairwiseSubject {
  userId: string;
  sector: string;
  subject: string;
}

/**
 * The subjects of many users at once, without duplicate pairs. Of parallel calls one inserts; the update that changes
 * nothing lets the others read its row. In one order, so that no two calls deadlock.
 */
export function findOrCreateSubjects(
  prisma: Pick<PrismaClient, "$queryRaw">,
  pairs: readonly Omit<PairwiseSubject, "subject">[],
): Promise<PairwiseSubject[]> {
  const [users, sectors] = [pairs.map(({ userId }) => userId), pairs.map(({ sector }) => sector)];
  return prisma.$queryRaw<PairwiseSubject[]>`
    INSERT INTO pairwise_subjects AS p (user_id, sector)
    SELECT DISTINCT * FROM unnest(${users}::uuid[], ${sectors}::text[]) AS pair(user_id, sector) ORDER BY 1, 2
    ON CONFLICT (user_id, sector) DO UPDATE SET sector = p.sector
    RETURNING user_id AS "userId", sector, subject`;
}

/** `prisma` may be a transaction. */
export function createSubjectStore(prisma: Pick<PrismaClient, "user" | "pairwiseSubject" | "$queryRaw">): SubjectStore {
  return {
    async findPublic(userId) {
      const { subject } = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { subject: true } });
      return subject;
    },

    async findUserByPublic(subject) {
      const user = await prisma.user.findUnique({ where: { subject }, select: { id: true } });
      return user?.id ?? null;
    },

    async findOrCreate(userId, sector) {
      const found = await prisma.pairwiseSubject.findUnique({
        where: { userId_sector: { userId, sector } },
        select: { subject: true },
      });
      if (found) return found.subject;
      const [subject] = await findOrCreateSubjects(prisma, [{ userId, sector }]);
      if (!subject) throw new Error("A pairwise subject was neither found nor made.");
      return subject.subject;
    },

    async findUser(subject, sector) {
      if (!isCanonicalUuid(subject)) return null;
      const row = await prisma.pairwiseSubject.findUnique({ where: { subject, sector }, select: { userId: true } });
      return row?.userId ?? null;
    },
  };
}
