import "server-only";
import type { AttemptStore } from "@/lib/oauth/ports/store";
import { digest } from "@/lib/oauth/wire/digest";
import type { PrismaClient } from "../client";
import { countAttempts } from "../rate-limits";

export function createAttemptStore(prisma: PrismaClient): AttemptStore {
  return {
    async wait(attempts, now) {
      const rules = new Map(attempts.map(([key, rule]) => [digest(key), rule]));
      const rows = await prisma.rateLimit.findMany({
        where: { keyHash: { in: [...rules.keys()] }, expiresAt: { gt: now } },
        select: { keyHash: true, attempts: true, expiresAt: true },
      });
      const full = rows.filter((row) => row.attempts >= (rules.get(row.keyHash)?.limit ?? 0));
      return Math.max(0, ...full.map((row) => Math.ceil((row.expiresAt.getTime() - now.getTime()) / 1000)));
    },

    count: countAttempts,
  };
}
