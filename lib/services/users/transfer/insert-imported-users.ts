import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvents } from "@/lib/db/audit-log";
import { actorId, auditOrigin, can, type ServiceContext, type Transaction, withTransaction } from "../../context";
import type { ParsedUser } from "./imported-user";

/**
 * Inserts users with their passwords and groups, in one transaction and one statement for each table. `record` is part
 * of it.
 */
export async function insertImportedUsers(
  context: ServiceContext,
  users: readonly ParsedUser[],
  groupIds: ReadonlyMap<string, string>,
  record: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await withTransaction(context, async (tx) => {
    const at = context.now();
    // ASVS 6.4.6: only who may read hashes brings passwords that stay; others could choose one for someone.
    const changeRequired = !can(context.actor, "users:export_hashes");
    const inserted = await tx.user.createManyAndReturn({
      data: users.map(({ profile, subject, disabled, ...user }) => ({
        ...{ username: user.username, usernameKey: user.usernameKey, email: user.email, emailKey: user.emailKey },
        ...{ emailVerified: user.emailVerified, phoneNumberVerified: user.phoneNumberVerified },
        ...profile,
        ...(subject === null ? {} : { subject }),
        ...(disabled ? { disabledAt: at, disabledById: actorId(context) } : {}),
        updatedAt: at,
      })),
      select: { id: true, usernameKey: true },
    });
    const ids = new Map(inserted.map(({ id, usernameKey }) => [usernameKey, id]));
    const idOf = ({ usernameKey }: ParsedUser) => ids.get(usernameKey) as string;
    await tx.userPassword.createMany({
      data: users.flatMap((user) =>
        user.passwordHash
          ? [{ userId: idOf(user), ...user.passwordHash, generation: randomUUID(), changeRequired, updatedAt: at }]
          : [],
      ),
    });
    await tx.userAttributeValue.createMany({
      data: users.flatMap((user) => user.attributes.map((held) => ({ userId: idOf(user), ...held }))),
    });
    await tx.groupMember.createMany({
      data: users.flatMap((user) =>
        user.groups.map(({ key }) => ({
          userId: idOf(user),
          groupId: groupIds.get(key) as string,
          createdAt: at,
          addedById: actorId(context),
        })),
      ),
    });
    await recordEvents(
      tx,
      context.settings,
      auditOrigin(context),
      users.map((user) => ({
        type: "user.created",
        at,
        userId: idOf(user),
        details: { username: user.username, portalRole: null, source: "import" },
      })),
    );
    await record(tx);
  });
}
