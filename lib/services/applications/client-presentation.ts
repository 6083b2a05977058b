import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { isClientId } from "@/lib/oauth/client/client-auth";
import { type ClientDescription, readClientDescription } from "@/lib/oauth/registration/client-description";
import { getLogos, type Logo } from "@/lib/outbound/client-logos";
import type { ServiceContext } from "../context";

/**
 * What an application says of itself to the people whom it asks to sign in: nobody here has looked at it. Null if there
 * is no such application.
 */
export async function findClientDescription(clientId: string): Promise<ClientDescription | null> {
  if (!isClientId(clientId)) return null;
  const application = await getPrisma().application.findFirst({
    where: { clientId, disabledAt: null },
    select: { metadata: true },
  });
  return application && readClientDescription(application.metadata);
}

/** The picture at an application's `logo_uri`; null if there is none, or none to be had. */
export async function findClientLogo(
  { settings }: Pick<ServiceContext, "settings">,
  clientId: string,
): Promise<Logo | null> {
  const description = await findClientDescription(clientId);
  return description?.logo_uri ? getLogos().find(description.logo_uri, settings.outboundPrivateNetworks) : null;
}

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
