import "server-only";
import { getPrisma } from "@/lib/db/prisma";

/**
 * The username of whoever registered an application; null if the server's own commands did, or the account is gone.
 * For the consent page: people decide by who asks, so it is told to anyone whom the application asks.
 */
export async function findOwnerName(applicationId: string): Promise<string | null> {
  const application = await getPrisma().application.findUnique({
    where: { id: applicationId },
    select: { owner: { select: { username: true } } },
  });
  return application?.owner?.username ?? null;
}
