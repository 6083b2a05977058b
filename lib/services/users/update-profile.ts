import "server-only";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { lockUsers } from "./find-user";
import { profileColumns } from "./get-profile";
import { profileFields, profileInput, profileSchema } from "./profile-schema";

export const updateProfileWire = { input: profileInput, output: null } satisfies Wire;

/**
 * Changes the signed-in user's profile. Users can't mark a number as verified, and the mark ends with the number.
 * @throws ValidationError by field
 */
export async function updateProfile(context: ServiceContext, input: Sent<typeof updateProfileWire>): Promise<void> {
  const id = requireUser(context);
  const fields = parseInput(profileSchema, input);
  await withTransaction(context, async (tx, audit) => {
    // The mark of a number that someone else stores at this moment says nothing about the one of this form.
    await lockUsers(tx, [id]);
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: profileColumns });
    const changed = profileFields.filter((field) => before[field] !== fields[field]);
    // Applications take a new `updated_at` as a reason to read everything again.
    if (changed.length === 0) return;
    const at = context.now();
    await tx.user.update({
      where: { id },
      data: { ...fields, updatedAt: at, ...(changed.includes("phoneNumber") ? { phoneNumberVerified: false } : {}) },
      select: { id: true },
    });
    // Readers of the audit log need not know users' names and addresses.
    await audit.record({ type: "profile.updated", at, userId: id, details: { fields: changed } });
  });
}
