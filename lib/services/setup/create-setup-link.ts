import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { findAdministrator } from "./setup-link";

/** The path of a one-time link that creates the first administrator, or null if there already is one. */
export async function createSetupLink(): Promise<string | null> {
  const prisma = getPrisma();
  if (await findAdministrator(prisma)) return null;
  const token = randomToken();
  await prisma.setupLink.create({ data: { tokenHash: digest(token) } });
  return `/setup/${token}`;
}
