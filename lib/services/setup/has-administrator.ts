import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { findAdministrator } from "./setup-link";

/** Whether anyone administers this server yet. */
export async function hasAdministrator(): Promise<boolean> {
  return (await findAdministrator(getPrisma())) !== null;
}
