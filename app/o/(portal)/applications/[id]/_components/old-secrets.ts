import type { ClientSecretSummary } from "@/lib/services/applications/get-application";

/** An attempt with an ended secret that is older than this says little about the programs of today. */
const toldFor = 30 * 86_400_000;

export interface OldSecretUse {
  /** `tried`: it has ended and was refused. `ending`: it still works, but a newer one has taken its place. */
  name: "tried" | "ending";
  secret: ClientSecretSummary;
  at: Date;
  from: string | null;
}

/** Uses of secrets that their programs should no longer have. `secrets` are the newest first. */
export function findOldSecretUses(secrets: readonly ClientSecretSummary[], now: Date): OldSecretUse[] {
  return secrets.flatMap((secret, index): OldSecretUse[] => {
    const { status, expiresAt, lastUsedAt, lastUsedFrom, lastRefusedAt, lastRefusedFrom } = secret;
    if (status !== "active") {
      const isRecent = lastRefusedAt && now.getTime() - lastRefusedAt.getTime() < toldFor;
      return isRecent ? [{ name: "tried", secret, at: lastRefusedAt, from: lastRefusedFrom }] : [];
    }
    const newer = secrets.slice(0, index).filter((other) => other.status === "active");
    const isReplaced = newer.some(({ createdAt }) => lastUsedAt && createdAt < lastUsedAt);
    return expiresAt && lastUsedAt && isReplaced
      ? [{ name: "ending", secret, at: lastUsedAt, from: lastUsedFrom }]
      : [];
  });
}
