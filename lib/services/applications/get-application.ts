import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { whereApplication } from "./find-application";
import { type ApplicationSummary, isDisabledByAdministrator } from "./list-applications";
import type { ApplicationFields } from "./settings/application-schema";
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

export interface ApplicationDetails extends ApplicationSummary, Omit<ApplicationFields, keyof ApplicationSummary> {
  updatedAt: Date;
  /** It registered itself (RFC 7591). */
  registeredDynamically: boolean;
  /** Its owner can't change the security profile. */
  securityProfileLocked: boolean;
  /** The newest first; revoked ones stay listed. */
  secrets: ClientSecretSummary[];
}

export async function getApplication(context: ServiceContext, id: string): Promise<ApplicationDetails> {
  const row = await getPrisma().application.findFirst({
    where: whereApplication(context, id, "applications:read"),
    omit: { registrationTokenHash: true, metadata: true, clientIdKey: true, defaultApiId: true },
    include: {
      owner: { select: { username: true } },
      defaultApi: { select: { identifier: true } },
      redirectUris: { orderBy: { position: "asc" }, select: { uri: true } },
      secrets: { orderBy: { createdAt: "desc" }, omit: { hash: true } },
    },
  });
  if (!row) throw new NotFoundError("The application");
  const now = context.now();
  const {
    owner,
    redirectUris,
    secrets,
    defaultApi,
    disabledAt,
    disabledBy: _disabledBy,
    ownerId: _ownerId,
    ...fields
  } = row;
  return {
    // Written by nothing but `toApplicationColumns`, from fields that were checked.
    ...(fields as typeof fields & ApplicationFields),
    registeredDynamically: row.registrationSource === "dynamic",
    disabled: disabledAt !== null,
    disabledByAdministrator: isDisabledByAdministrator(row),
    securityProfileLocked: isSetByAdministrator(row),
    owner: owner?.username ?? null,
    defaultApi: defaultApi?.identifier ?? null,
    redirectUris: redirectUris.map(({ uri }) => uri),
    secrets: secrets.map(({ revokedAt, applicationId: _applicationId, ...secret }) => ({
      ...secret,
      status: describeStatus(revokedAt, secret.expiresAt, now),
    })),
  };
}

function describeStatus(revokedAt: Date | null, expiresAt: Date | null, now: Date): ClientSecretSummary["status"] {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}
