import "server-only";
import type { UsedJtiStore } from "@/lib/oauth/ports/store";
import { digest } from "@/lib/oauth/wire/digest";
import type { PrismaClient } from "../client";

export function createUsedJtiStore(prisma: PrismaClient): UsedJtiStore {
  return {
    async use(key, expiresAt) {
      // The primary key decides between parallel uses, in any process.
      const inserted = await prisma.$executeRaw`
        INSERT INTO used_jtis (key_hash, expires_at) VALUES (${digest(key)}, ${expiresAt}::timestamptz)
        ON CONFLICT (key_hash) DO NOTHING`;
      return inserted === 1;
    },
  };
}
