import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { whereApplication } from "./find-application";
import type { ApplicationSummary } from "./list-applications";

export interface ClientSecretSummary {
  id: string;
  label: string;
  lastFour: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  status: "active" | "expired" | "revoked";
}

export interface ApplicationDetails extends ApplicationSummary {
  redirectUris: string[];
  allowedScopes: string[];
  requirePkce: boolean;
  skipConsent: boolean;
  updatedAt: Date;
  /** The newest first; revoked ones stay listed. */
  secrets: ClientSecretSummary[];
}

export async function getApplication(context: ServiceContext, id: string): Promise<ApplicationDetails> {
  const row = await getPrisma().application.findFirst({
    where: whereApplication(context, id),
    include: {
      owner: { select: { username: true } },
      redirectUris: { orderBy: { position: "asc" }, select: { uri: true } },
      secrets: { orderBy: { createdAt: "desc" }, omit: { hash: true } },
    },
  });
  if (!row) throw new NotFoundError("The application");
  const now = context.now();
  const { owner, redirectUris, secrets, disabledAt, ownerId: _ownerId, ...fields } = row;
  return {
    ...fields,
    disabled: disabledAt !== null,
    owner: owner?.username ?? null,
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
