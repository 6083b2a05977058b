import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext } from "../context";
import { UnauthenticatedError } from "../errors";
import { type ProfileFields, profileFields } from "./profile-schema";

export interface Profile extends ProfileFields {
  username: string;
  email: string;
  emailVerified: boolean;
  phoneNumberVerified: boolean;
}

export const profileColumns = Object.fromEntries(profileFields.map((field) => [field, true])) as Record<
  keyof ProfileFields,
  true
>;

/** What whoever is signed in has said of themselves. */
export async function getProfile(context: ServiceContext): Promise<Profile> {
  const profile = await getPrisma().user.findUnique({
    where: { id: requireUser(context) },
    select: { ...profileColumns, username: true, email: true, emailVerified: true, phoneNumberVerified: true },
  });
  if (!profile) throw new UnauthenticatedError();
  return profile;
}
