import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, type Transaction, withTransaction } from "../../context";
import { ValidationError } from "../../errors";
import { type MessageToQueue, queueMessages } from "../../mail/queue-message";
import { dropAbsent, ifSent, normalized } from "../../normalized";
import { parseInput } from "../../parse";
import type { Sent, Wire } from "../../wire";
import { countEmailChange } from "../count-email-change";
import { mapTakenUser, refuseTaken } from "../create-user";
import { mayManage, requireManageableUser, userReferenceInput, whereUser } from "../find-user";
import { profileColumns } from "../get-profile";
import { type ProfileFields, profileFields, profilePatchInput, profilePatchSchema } from "../profile-schema";
import { readEmail, readUsername, userInput } from "../user-schema";

const accountPatchInput = z.object({
  ...userReferenceInput.shape,
  username: userInput.shape.username.optional(),
  email: userInput.shape.email.optional(),
  emailVerified: z.boolean().optional(),
  phoneNumberVerified: z.boolean().optional(),
});

export const accountPatchSchema = normalized(accountPatchInput, {
  username: ifSent(readUsername),
  email: ifSent(readEmail),
});

export const updateUserWire = {
  input: z.object({ ...accountPatchInput.shape, ...profilePatchInput.shape }),
  output: null,
} satisfies Wire;

const columns = {
  ...profileColumns,
  username: true,
  usernameKey: true,
  email: true,
  emailKey: true,
  emailVerified: true,
  phoneNumberVerified: true,
} as const;

type Account = ProfileFields & Record<"username" | "usernameKey" | "email" | "emailKey", string> & Marks;

interface Marks {
  emailVerified: boolean;
  phoneNumberVerified: boolean;
}

/**
 * Changes those of a user's fields that are sent. A new address or number isn't verified unless this says so.
 * @throws ValidationError by field, NotFoundError, ForbiddenError, TooManyRequestsError for an address
 */
export async function updateUser(context: ServiceContext, input: Sent<typeof updateUserWire>): Promise<void> {
  requirePermission(context, "users:write");
  const { id, ...account } = parseInput(accountPatchSchema, input);
  const patch = dropAbsent({ ...parseInput(profilePatchSchema, input), ...account });
  if (patch.email !== undefined) await boundEmailChange(context, id, patch.email);
  await withTransaction(context, async (tx, audit) => {
    const { id: userId } = await requireManageableUser(tx, context, id);
    const before: Account = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: columns });
    const after = merge(before, patch);
    const fields = [...profileFields, "username", "email", "emailVerified", "phoneNumberVerified"] as const;
    const changed = fields.filter((field) => before[field] !== after[field]);
    // Applications take a new `updated_at` as a reason to read everything again.
    if (changed.length === 0) return;
    await checkNames(tx, userId, before, after);
    const at = context.now();
    await tx.user.update({ where: { id: userId }, data: { ...after, updatedAt: at }, select: { id: true } });
    // Readers of the audit log need not know users' names and addresses.
    await audit.record({ type: "user.updated", at, userId, details: { fields: changed } });
    if (changed.includes("email")) await queueMessages(tx, context, toMessages(userId, before, after));
  }).catch(mapTakenUser);
}

/** Counts it if it will be one, and by someone who may: nobody else uses up the account's limit. */
async function boundEmailChange(context: ServiceContext, id: string, email: string): Promise<void> {
  const select = { id: true, portalRole: true, email: true } as const;
  const user = await getPrisma().user.findUnique({ where: whereUser(id), select });
  if (user && user.email !== email && mayManage(user, context)) await countEmailChange(context, user.id);
}

/** To the former address and to the new one. */
function toMessages(userId: string, before: Account, { username, email, locale }: Account): MessageToQueue[] {
  const values = { username, newAddress: email };
  return [
    { kind: "email_changed", to: before.email, userId, locale, values },
    { kind: "email_added", to: email, userId, locale, values: { username } },
  ];
}

function merge(before: Account, patch: Partial<Account>): Account {
  const merged = { ...before, ...patch };
  const keys = { usernameKey: toUserKey(merged.username), emailKey: toUserKey(merged.email) };
  const sameNumber = merged.phoneNumber === before.phoneNumber;
  return {
    ...merged,
    ...keys,
    emailVerified: patch.emailVerified ?? (before.emailVerified && keys.emailKey === before.emailKey),
    phoneNumberVerified:
      merged.phoneNumber !== null && (patch.phoneNumberVerified ?? (before.phoneNumberVerified && sameNumber)),
  };
}

async function checkNames(tx: Transaction, userId: string, before: Account, after: Account): Promise<void> {
  const { usernameKey, emailKey } = after;
  if (usernameKey === before.usernameKey && emailKey === before.emailKey) return;
  if (after.username.includes("@") && usernameKey !== emailKey) {
    throw new ValidationError({ username: [problem("consoleProblems.users.email")] });
  }
  await refuseTaken(tx, { usernameKey, emailKey }, userId);
}
