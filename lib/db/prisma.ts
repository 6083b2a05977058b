import "server-only";
import { noLimits } from "@/lib/database-limits";
import { deployment } from "@/lib/deployment";
import { createPrismaClient, type PrismaClient } from "./client";

// Hot reload evaluates this module again and again; the pool must not multiply with it.
const holder = globalThis as typeof globalThis & { latchkeyPrisma?: PrismaClient };

/** The process's own client, made at first use. */
export function getPrisma(): PrismaClient {
  holder.latchkeyPrisma ??= createPrismaClient(deployment().databaseUrl);
  return holder.latchkeyPrisma;
}

/** For a command, called before the client is used: its statements may take as long as they need. */
export function liftLimits(): void {
  holder.latchkeyPrisma ??= createPrismaClient(deployment().databaseUrl, noLimits);
}
