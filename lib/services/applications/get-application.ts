import "server-only";
import type { JSONWebKeySet } from "jose";
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
  /** Network address of whoever used it last. */
  lastUsedFrom: string | null;
  status: "active" | "expired" | "revoked";
}

export interface ApplicationDetails extends ApplicationSummary {
  redirectUris: string[];
  allowedScopes: string[];
  requirePkce: boolean;
  skipConsent: boolean;
  /** Null: either secret method, or none for a public client. */
  tokenEndpointAuthMethod: string | null;
  jwks: JSONWebKeySet | null;
  jwksUri: string | null;
  allowedOrigins: string[];
  requirePushedAuthorizationRequests: boolean;
  dpopBoundAccessTokens: boolean;
  updatedAt: Date;
  /** The newest first; revoked ones stay listed. */
  secrets: ClientSecretSummary[];
}

export async function getApplication(context: ServiceContext, id: string): Promise<ApplicationDetails> {
  const row = await getPrisma().application.findFirst({
    where: whereApplication(context, id),
    omit: { registrationTokenHash: true, metadata: true },
    include: {
      owner: { select: { username: true } },
      redirectUris: { orderBy: { position: "asc" }, select: { uri: true } },
      secrets: { orderBy: { createdAt: "desc" }, omit: { hash: true } },
    },
  });
  if (!row) throw new NotFoundError("The application");
  const now = context.now();
  const { owner, redirectUris, secrets, jwks, disabledAt, ownerId: _ownerId, ...fields } = row;
  return {
    ...fields,
    // Written by nothing but `toApplicationColumns`, from keys that were checked.
    jwks: jwks as unknown as JSONWebKeySet | null,
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
