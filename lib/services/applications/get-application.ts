import "server-only";
import { findSettings } from "@/lib/db/oauth/client-settings";
import { getPrisma } from "@/lib/db/prisma";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import type { ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { whereApplication } from "./find-application";
import { type ApplicationSummary, isDisabledByAdministrator } from "./list-applications";
import { isSetByAdministrator } from "./settings/permit-fields";

export interface ClientSecretSummary {
  id: string;
  label: string;
  lastFour: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** Network address of whoever used it last. */
  lastUsedFrom: string | null;
  status: "active" | "expired" | "revoked";
}

export interface ApplicationDetails extends ClientSettings, Omit<ApplicationSummary, keyof ClientSettings> {
  updatedAt: Date;
  /** It registered itself (RFC 7591). */
  registeredDynamically: boolean;
  /** Its owner can't change the security profile. */
  securityProfileLocked: boolean;
  /** The newest first; revoked ones stay listed. */
  secrets: ClientSecretSummary[];
}

/** `permission`: whether to look at it, or to change it. */
export async function getApplication(
  context: ServiceContext,
  id: string,
  permission: "applications:read" | "applications:write" = "applications:read",
): Promise<ApplicationDetails> {
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
      owner: { select: { username: true } },
      secrets: { orderBy: { createdAt: "desc" }, omit: { scheme: true, hash: true } },
    },
  });
  const settings = row && (await findSettings(getPrisma(), id));
  if (!settings) throw new NotFoundError("The application");
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
    secrets: row.secrets.map(({ revokedAt, applicationId: _applicationId, ...secret }) => ({
      ...secret,
      status: describeStatus(revokedAt, secret.expiresAt, now),
    })),
  };
}

function describeStatus(revokedAt: Date | null, expiresAt: Date | null, now: Date): ClientSecretSummary["status"] {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}
