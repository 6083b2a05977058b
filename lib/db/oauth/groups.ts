import "server-only";
import type { GroupStore } from "@/lib/oauth/ports/user-store";
import type { PrismaClient } from "../client";
import { Prisma } from "../generated/client";

/** For a SELECT of `applications a`: whether the user, a column, may no longer use the application. */
export function accessEnded(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(a.access_restricted AND ${userId} IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
    WHERE ag.application_id = a.id AND gm.user_id = ${userId}))`;
}

export function createGroupStore(prisma: PrismaClient): GroupStore {
  return {
    async isChosen(userId, applicationId) {
      const found = await prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
        WHERE ag.application_id = ${applicationId}::uuid AND gm.user_id = ${userId}::uuid LIMIT 1`;
      return found.length > 0;
    },

    async listNames(userId, limit) {
      const rows = await prisma.$queryRaw<{ name: string }[]>`
        SELECT g.name FROM group_members gm JOIN groups g ON g.id = gm.group_id
        WHERE gm.user_id = ${userId}::uuid ORDER BY g.name_key LIMIT ${limit}`;
      return rows.map(({ name }) => name);
    },
  };
}
