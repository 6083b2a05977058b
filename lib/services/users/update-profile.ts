import "server-only";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { profileColumns } from "./get-profile";
import { profileFields, profileInput, profileSchema } from "./profile-schema";

export const updateProfileWire = { input: profileInput, output: null } satisfies Wire;

/**
 * Changes what whoever is signed in says of themselves. That a number was verified is nobody's own to say, and ends
 * with the number. Throws `ValidationError` by field.
 */
export async function updateProfile(context: ServiceContext, input: Sent<typeof updateProfileWire>): Promise<void> {
  const id = requireUser(context);
  const fields = parseInput(profileSchema, input);
  await withTransaction(context, async (tx, audit) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: profileColumns });
    const changed = profileFields.filter((field) => before[field] !== fields[field]);
    // Applications take `updated_at` as a sign to read everything again.
    if (changed.length === 0) return;
    const at = context.now();
    await tx.user.update({
      where: { id },
      data: { ...fields, updatedAt: at, ...(changed.includes("phoneNumber") ? { phoneNumberVerified: false } : {}) },
      select: { id: true },
    });
    // Whose log it is need not know what people are called and where they live.
    await audit.record({ type: "profile.updated", at, userId: id, details: { fields: changed } });
  });
}
