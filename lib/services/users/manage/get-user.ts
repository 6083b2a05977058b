import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../../context";
import { portalRoles } from "../../permissions";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { userNotFound, userReferenceInput, whereUser } from "../find-user";
import { profile, profileColumns } from "../get-profile";

const userDetails = profile.extend({
  id: z.uuid(),
  /** Their public subject, by which applications know them. */
  subject: z.string(),
  portalRole: z.enum(portalRoles).nullable(),
  /** Null: enabled. The reason is for those who manage users; `by` is null if a command did it, or they are gone. */
  disabled: z
    .strictObject({
      at: instant,
      reason: z.string().nullable(),
      by: z.strictObject({ id: z.uuid(), username: z.string() }).nullable(),
    })
    .nullable(),
  notes: z.string().nullable(),
  hasPassword: z.boolean(),
  /** The next sign-in asks for a new password. */
  passwordChangeRequired: z.boolean(),
  passwordUpdatedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  lastSignInAt: instant.nullable(),
  /** They have to be handed to someone before the user can be deleted. */
  ownedApplications: z.int(),
});

export type UserDetails = Described<typeof userDetails>;

export const getUserWire = { input: userReferenceInput, output: userDetails } satisfies Wire;

/** A user with everything that those who manage users see, except for what has a list of its own. */
export async function getUser(
  context: ServiceContext,
  { id }: Sent<typeof getUserWire>,
): Promise<Returned<typeof getUserWire>> {
  requirePermission(context, "users:read");
  const user = await getPrisma().user.findUnique({
    where: whereUser(id),
    select: {
      ...profileColumns,
      id: true,
      subject: true,
      username: true,
      email: true,
      emailVerified: true,
      phoneNumberVerified: true,
      portalRole: true,
      disabledAt: true,
      disabledReason: true,
      disabledBy: { select: { id: true, username: true } },
      notes: true,
      createdAt: true,
      updatedAt: true,
      lastSignInAt: true,
      password: { select: { changeRequired: true, updatedAt: true } },
      _count: { select: { applications: true } },
    },
  });
  if (!user) throw userNotFound();
  const { disabledAt, disabledReason, disabledBy, password, _count, ...row } = user;
  return {
    ...row,
    disabled: disabledAt && { at: disabledAt, reason: disabledReason, by: disabledBy },
    hasPassword: password !== null,
    passwordChangeRequired: password?.changeRequired ?? false,
    passwordUpdatedAt: password?.updatedAt ?? null,
    ownedApplications: _count.applications,
  };
}
