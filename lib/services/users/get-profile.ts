import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";
import { UnauthenticatedError } from "../errors";
import type { Described, Returned, Wire } from "../wire";
import { type ProfileField, type ProfileFields, profileFields } from "./profile-schema";

const fields = Object.fromEntries(profileFields.map((field) => [field, z.string().nullable()])) as Record<
  ProfileField,
  z.ZodNullable<z.ZodString>
>;

export const profile = z.strictObject({
  ...fields,
  username: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  phoneNumberVerified: z.boolean(),
});

export type Profile = Described<typeof profile>;

export const getProfileWire = { input: null, output: profile } satisfies Wire;

export const profileColumns = Object.fromEntries(profileFields.map((field) => [field, true])) as Record<
  keyof ProfileFields,
  true
>;

/** The signed-in user's profile. */
export async function getProfile(context: ServiceContext): Promise<Returned<typeof getProfileWire>> {
  const found = await getPrisma().user.findUnique({
    where: { id: requireUser(context) },
    select: { ...profileColumns, username: true, email: true, emailVerified: true, phoneNumberVerified: true },
  });
  if (!found) throw new UnauthenticatedError();
  return found;
}
