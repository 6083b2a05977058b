import { randomUUID } from "node:crypto";
import { currentSettings } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, userActor } from "../../context";
import type { PortalRole } from "../../permissions";
import { type RegisteredApplication, registerApplication } from "../register-application";
import type { ApplicationInput } from "../settings/application-schema";

const now = () => new Date();
const settings = currentSettings();
const prefix = `owned-${randomUUID()}`;

/** An application as in the form. */
export const webApplication: ApplicationInput = {
  name: prefix,
  clientType: "confidential",
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: ["https://app.example/callback"],
  allowedScopes: ["openid", "read"],
  requirePkce: false,
  skipConsent: false,
};

export interface Actors {
  owner: ServiceContext;
  administrator: ServiceContext;
}

/** A user who owns applications, and an administrator. */
export async function createActors(): Promise<Actors> {
  const [owner = "", administrator = ""] = await Promise.all(
    ([null, "administrator"] as const).map(async (portalRole) => {
      const name = `${prefix}-${randomUUID()}`;
      const data = { username: name, usernameKey: name, email: name, emailKey: name, portalRole };
      return (await getPrisma().user.create({ data, select: { id: true } })).id;
    }),
  );
  return {
    owner: { ...signedIn(owner, null), now, settings },
    administrator: { ...signedIn(administrator, "administrator"), now, settings },
  };
}

function signedIn(id: string, portalRole: PortalRole | null) {
  return { actor: userActor({ id, portalRole }), passwordConfirmedAt: new Date() };
}

export function registerOwned(
  { owner }: Actors,
  change: Partial<ApplicationInput & { clientId: string }> = {},
): Promise<RegisteredApplication> {
  return registerApplication(owner, { ...webApplication, ...change });
}

export async function removeOwned(): Promise<void> {
  const prisma = getPrisma();
  await prisma.application.deleteMany({ where: { name: prefix } });
  await prisma.user.deleteMany({ where: { username: { startsWith: prefix } } });
  await prisma.$disconnect();
}
