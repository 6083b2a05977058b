import "server-only";
import { z } from "zod";
import { findSettings } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { applicationReference, whereApplication } from "./find-application";
import { applicationSummary, isDisabledByAdministrator } from "./list-applications";
import { keptSettings } from "./settings/kept-settings";
import { isSetByAdministrator } from "./settings/permit-fields";

const secretSummary = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  lastFour: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** Network address of its last use. */
  lastUsedFrom: z.string().nullable(),
  /** When it was last sent after it had ended, and from where. */
  lastRefusedAt: instant.nullable(),
  lastRefusedFrom: z.string().nullable(),
  status: z.enum(["active", "expired", "revoked"]),
});

export type ClientSecretSummary = Described<typeof secretSummary>;

const applicationDetails = z.strictObject({
  ...applicationSummary.shape,
  ...keptSettings,
  updatedAt: instant,
  ownerId: z.uuid().nullable(),
  /** Whether it registered itself (RFC 7591). */
  registeredDynamically: z.boolean(),
  /** Whether its owner can't change the security profile. */
  securityProfileLocked: z.boolean(),
  /** The newest first; revoked ones stay listed. */
  secrets: z.array(secretSummary),
});

export type ApplicationDetails = Described<typeof applicationDetails>;

const secretColumns = {
  id: true,
  label: true,
  lastFour: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  lastUsedFrom: true,
  lastRefusedAt: true,
  lastRefusedFrom: true,
  revokedAt: true,
} as const;

export const getApplicationWire = { input: applicationReference, output: applicationDetails } satisfies Wire;

/** `permission`: whether to read it, or to change it. */
export async function getApplication(
  context: ServiceContext,
  { id }: Sent<typeof getApplicationWire>,
  permission: "applications:read" | "applications:write" = "applications:read",
): Promise<Returned<typeof getApplicationWire>> {
  const where = whereApplication(context, id, permission);
  const row = await getPrisma().application.findFirst({
    where,
    select: {
      id: true,
      clientId: true,
      registrationSource: true,
      securityProfile: true,
      securityProfileSetBy: true,
      disabledAt: true,
      disabledBy: true,
      createdAt: true,
      updatedAt: true,
      owner: { select: { id: true, username: true } },
      secrets: { orderBy: { createdAt: "desc" }, select: secretColumns },
    },
  });
  const settings = row && (await findSettings(getPrisma(), id));
  if (!settings) throw new NotFoundError("application");
  const now = context.now();
  return {
    ...settings,
    id,
    clientId: row.clientId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    registrationSource: row.registrationSource,
    registeredDynamically: row.registrationSource === "dynamic",
    disabled: row.disabledAt !== null,
    disabledByAdministrator: isDisabledByAdministrator(row),
    securityProfileLocked: isSetByAdministrator(row),
    owner: row.owner?.username ?? null,
    ownerId: row.owner?.id ?? null,
    secrets: row.secrets.map(({ revokedAt, ...secret }) => ({
      ...secret,
      status: describeStatus(revokedAt, secret.expiresAt, now),
    })),
  };
}

export function describeStatus(
  revokedAt: Date | null,
  expiresAt: Date | null,
  now: Date,
): ClientSecretSummary["status"] {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}
