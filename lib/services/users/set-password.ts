import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { hashPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { getPrisma } from "@/lib/db/prisma";
import { requireActor, requirePermission, type ServiceContext, withTransaction } from "../context";
import { ForbiddenError, ValidationError } from "../errors";
import { revokeGrantsOfSessions } from "../sessions/revoke-sessions";
import type { Sent, Wire } from "../wire";
import { userNotFound, whereUser } from "./find-user";
import { userInput } from "./user-schema";

export const setPasswordWire = {
  input: z.object({
    id: z.string(),
    password: userInput.shape.password,
    /** Whether the next sign-in asks for another one. */
    changeRequired: z.boolean(),
  }),
  output: null,
} satisfies Wire;

/**
 * Gives a user another password, which ends all sessions and everything that applications hold for them. Only for
 * commands on the server's machine: administrators send a link and never choose a password (ASVS 6.4.6).
 * @throws ForbiddenError for every other actor, NotFoundError, ValidationError
 */
export async function setPassword(
  context: ServiceContext,
  { id, password, changeRequired }: Sent<typeof setPasswordWire>,
): Promise<void> {
  requirePermission(context, "users:write");
  if (requireActor(context).kind !== "system") throw new ForbiddenError();
  const user = await getPrisma().user.findUnique({ where: whereUser(id), select: { username: true, email: true } });
  if (!user) throw userNotFound();
  const problem = findPasswordProblem(password, [user.username, user.email]);
  if (problem) throw new ValidationError({ password: [problem] });
  const hash = await hashPassword(password);
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const data = { ...hash, changeRequired, generation: randomUUID(), updatedAt: at };
    await tx.userPassword.upsert({
      where: { userId: id },
      create: { userId: id, ...data },
      update: data,
      select: { userId: true },
    });
    const sessionIds = await endSessions(tx, { userId: id }, at);
    await revokeGrantsOfSessions(tx, { userId: id }, at, "password_changed");
    await audit.record({ type: "password.reset", at, userId: id, details: { endedSessions: sessionIds.length } });
  });
}
