import { getPrisma } from "@/lib/db/prisma";
import { type BrowserOrigin, beginSession, type NewSession } from "../session-store";

/** A session of a user who signed in with a password. */
export function createSession(userId: string, origin: BrowserOrigin, now: Date): Promise<NewSession> {
  return getPrisma().$transaction((tx) => beginSession(tx, { userId, amr: ["pwd"] }, origin, now));
}
