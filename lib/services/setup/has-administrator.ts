import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { findAdministrator } from "./setup-link";

/** Whether this server has an administrator yet. */
export async function hasAdministrator(): Promise<boolean> {
  return (await findAdministrator(getPrisma())) !== null;
}
