import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { isClientId } from "@/lib/oauth/client/client-auth";
import { type ClientDescription, readClientDescription } from "@/lib/oauth/registration/client-description";

/**
 * What an application says of itself to the people whom it asks to sign in: nobody here has looked at it. Null where
 * there is no such application.
 */
export async function findClientDescription(clientId: string): Promise<ClientDescription | null> {
  if (!isClientId(clientId)) return null;
  const application = await getPrisma().application.findFirst({
    where: { clientId, disabledAt: null },
    select: { metadata: true },
  });
  return application && readClientDescription(application.metadata);
}
